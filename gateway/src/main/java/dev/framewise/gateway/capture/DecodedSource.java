package dev.framewise.gateway.capture;

import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.image.JpegEncoder;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source whose pictures are decoded, and encoded as JPEG when somebody wants to send them. */
final class DecodedSource implements FrameSource {
    private static final Logger LOG = LoggerFactory.getLogger(DecodedSource.class);

    private final String address;
    private final boolean live;
    private final ClipReader reader;
    private final JpegEncoder encoder;

    DecodedSource(String address, boolean live, int jpegQuality, Map<String, String> options) throws IOException {
        this.address = address;
        this.live = live;
        this.encoder = new JpegEncoder(jpegQuality);
        try {
            this.reader = ClipReader.open(address, options);
        } catch (IOException e) {
            encoder.close();
            throw e;
        }
    }

    @Override
    public Picture next() throws IOException {
        return reader.advance() ? new Decoded() : null;
    }

    @Override
    public double framesPerSecond() {
        return reader.framesPerSecond();
    }

    @Override
    public String given() {
        return String.format(
                Locale.ROOT,
                "%dx%d at %.3g fps, decoded here",
                reader.width(),
                reader.height(),
                reader.framesPerSecond());
    }

    @Override
    public boolean isLive() {
        return live;
    }

    @Override
    public void close() {
        encoder.close();
        try {
            reader.close();
        } catch (IOException e) {
            LOG.warn("{}: not closed cleanly", address, e);
        }
    }

    /** The picture the reader holds. */
    private final class Decoded implements Picture {
        private byte[] jpeg;

        @Override
        public int width() {
            return reader.image().width();
        }

        @Override
        public int height() {
            return reader.image().height();
        }

        @Override
        public byte[] jpeg() {
            if (jpeg == null) {
                jpeg = encoder.encode(reader.image());
            }
            return jpeg;
        }

        @Override
        public BgrImage pixels() {
            return reader.image();
        }
    }
}
