package dev.framewise.gateway.capture;

import dev.framewise.gateway.config.CameraSettings;
import java.io.IOException;

/** Opens the source behind an address. Implementations may be used from any thread. */
@FunctionalInterface
public interface SourceOpener {

    /**
     * Opens a source.
     *
     * @param address a file, an {@code rtsp:} or {@code http:} address, or a device such as {@code /dev/video0}
     * @param jpegQuality of pictures that have to be encoded here, 1 to 100
     * @throws IOException if nothing readable is there; the message names the address
     */
    FrameSource open(String address, int jpegQuality) throws IOException;

    /** Opens a camera as it is configured; what an opener cannot do is left out, see {@link FrameSource#given}. */
    default FrameSource open(CameraSettings settings) throws IOException {
        return open(settings.source(), settings.jpegQuality());
    }
}
