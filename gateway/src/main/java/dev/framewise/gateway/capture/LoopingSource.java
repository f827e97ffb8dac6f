package dev.framewise.gateway.capture;

import dev.framewise.gateway.config.CameraSettings;
import java.io.IOException;

/** A clip that begins again when it ends, for ever; a clip without a single picture ends at once. */
public final class LoopingSource implements FrameSource {
    private final SourceOpener opener;
    private final CameraSettings settings;
    private FrameSource current;

    public LoopingSource(SourceOpener opener, CameraSettings settings) throws IOException {
        this.opener = opener;
        this.settings = settings;
        this.current = opener.open(settings);
    }

    @Override
    public Picture next() throws IOException {
        Picture picture = current.next();
        if (picture == null) {
            current.close();
            current = opener.open(settings);
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
