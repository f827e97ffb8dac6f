package dev.framewise.gateway.capture;

import dev.framewise.gateway.config.CameraSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Opens files, streams and devices through FFmpeg, folders of JPEG files and test patterns. A source that gives JPEG pictures by
 * itself (MJPEG) is passed through; every other is decoded, and encoded once where it is sent.
 */
public final class VideoSources implements SourceOpener {
    private static final String DEVICE_PREFIX = "/dev/video";

    @Override
    public FrameSource open(String address, int jpegQuality) throws IOException {
        return open(CameraSettings.of("unnamed", address).withJpegQuality(jpegQuality));
    }

    @Override
    public FrameSource open(CameraSettings settings) throws IOException {
        String address = settings.resolvedSource();
        if (TestPattern.isOne(address)) {
            return TestPattern.open(address, settings.jpegQuality());
        }
        if (!isLive(address) && Files.isDirectory(Path.of(address))) {
            return FolderSource.open(Path.of(address));
        }
        boolean live = isLive(address);
        Map<String, String> options = options(address, settings);
        FrameSource passedThrough = MjpegSource.openIfMjpeg(address, live, isDevice(address), options);
        return passedThrough != null
                ? passedThrough
                : new DecodedSource(address, live, settings.jpegQuality(), options);
    }

    /** Whether an address is a stream or a device: everything but a file, a folder or a test pattern. */
    public static boolean isLive(String address) {
        return isDevice(address) || (address.contains("://") && !address.startsWith("file:"));
    }

    private static boolean isDevice(String address) {
        return address.startsWith(DEVICE_PREFIX);
    }

    /** FFmpeg's options: never wait for ever, never hold pictures back. */
    private static Map<String, String> options(String address, CameraSettings settings) {
        Map<String, String> options = new LinkedHashMap<>();
        String timeout = Long.toString(
                TimeUnit.NANOSECONDS.toMicros(settings.grabTimeout().toNanos()));
        if (isDevice(address)) {
            CameraSettings.Wish wish = settings.wish();
            if (wish.width() > 0 && wish.height() > 0) {
                options.put("video_size", wish.width() + "x" + wish.height());
            }
            if (wish.framesPerSecond() > 0) {
                options.put("framerate", Double.toString(wish.framesPerSecond()));
            }
        } else if (address.startsWith("rtsp")) {
            // packets lost on the way smear pictures; a camera on TCP is late instead
            options.put("rtsp_transport", "tcp");
            options.put("timeout", timeout);
        } else if (isLive(address)) {
            options.put("rw_timeout", timeout);
        }
        return options;
    }
}
