package dev.framewise.gateway.capture;

import java.io.IOException;

/**
 * Opens files, streams and devices through FFmpeg. A source that gives JPEG pictures by itself (MJPEG) is passed through;
 * every other is decoded, and encoded once where it is sent.
 */
public final class VideoSources implements SourceOpener {
    private static final String DEVICE_PREFIX = "/dev/video";

    @Override
    public FrameSource open(String address, int jpegQuality) throws IOException {
        boolean live = isLive(address);
        FrameSource passedThrough = MjpegSource.openIfMjpeg(address, live, address.startsWith(DEVICE_PREFIX));
        return passedThrough != null ? passedThrough : new DecodedSource(address, live, jpegQuality);
    }

    /** Whether an address is a stream or a device: everything but a file. */
    static boolean isLive(String address) {
        return address.startsWith(DEVICE_PREFIX) || (address.contains("://") && !address.startsWith("file:"));
    }
}
