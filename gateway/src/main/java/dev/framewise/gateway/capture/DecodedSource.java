package dev.framewise.gateway.capture;

import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.image.JpegEncoder;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A clip whose pictures are decoded, and encoded as JPEG when somebody wants to send them. */
final class DecodedSource implements FrameSource {
    private static final Logger LOG = LoggerFactory.getLogger(DecodedSource.class);

    private final String shown;
    private final ClipReader reader;
    private final JpegEncoder encoder;

    /** @param reader is closed with the source */
    DecodedSource(String shown, int jpegQuality, ClipReader reader) {
        this.shown = shown;
        this.reader = reader;
        this.encoder = new JpegEncoder(jpegQuality);
    }

    @Override
    public Picture next() throws IOException {
        return reader.advance() ? new DecodedPicture(reader.picture(), encoder) : null;
    }

    @Override
    public double framesPerSecond() {
        return reader.framesPerSecond();
    }

    @Override
    public Optional<PictureFormat> given() {
        return Optional.of(
                new PictureFormat(reader.width(), reader.height(), reader.framesPerSecond(), /* jpeg= */ false));
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public void close() {
        encoder.close();
        try {
            reader.close();
        } catch (IOException e) {
            LOG.warn("{}: not closed cleanly", shown, e);
        }
    }
}
