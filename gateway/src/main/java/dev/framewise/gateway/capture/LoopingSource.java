package dev.framewise.gateway.capture;

import java.io.IOException;

/** A clip that begins again when it ends, for ever; a clip without a single picture ends at once. */
public final class LoopingSource implements FrameSource {
    private final SourceOpener opener;
    private final String address;
    private final int jpegQuality;
    private FrameSource current;

    public LoopingSource(SourceOpener opener, String address, int jpegQuality) throws IOException {
        this.opener = opener;
        this.address = address;
        this.jpegQuality = jpegQuality;
        this.current = opener.open(address, jpegQuality);
    }

    @Override
    public Picture next() throws IOException {
        Picture picture = current.next();
        if (picture == null) {
            current.close();
            current = opener.open(address, jpegQuality);
            picture = current.next();
        }
        return picture;
    }

    @Override
    public double framesPerSecond() {
        return current.framesPerSecond();
    }

    @Override
    public boolean isLive() {
        return current.isLive();
    }

    @Override
    public void close() {
        current.close();
    }
}
