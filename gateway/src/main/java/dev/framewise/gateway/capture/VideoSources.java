package dev.framewise.gateway.capture;

import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.image.FfmpegReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FrameGrabber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens files, streams and devices through FFmpeg, folders of JPEG files and test patterns. A source that gives JPEG pictures by
 * itself (MJPEG) is passed through; every other is decoded, and encoded once where it is sent.
 */
public final class VideoSources implements SourceOpener {
    private static final Logger LOG = LoggerFactory.getLogger(VideoSources.class);

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
        try {
            return opened(address, settings);
        } catch (IOException e) {
            // nobody who logs it shall see the user and password that stand in an address
            throw new IOException(settings.hideSecrets(e.getMessage()));
        }
    }

    private static FrameSource opened(String address, CameraSettings settings) throws IOException {
        boolean live = isLive(address);
        String shown = settings.shownSource();
        FFmpegFrameGrabber grabber = started(address, settings);
        if (grabber == null) {
            // a camera without MJPEG
            return decoded(ClipReader.open(address, options(address, settings)), shown, live, settings);
        }
        return grabber.getVideoCodec() == avcodec.AV_CODEC_ID_MJPEG
                ? new MjpegSource(shown, live, grabber)
                : decoded(ClipReader.over(shown, grabber), shown, live, settings);
    }

    private static FrameSource decoded(ClipReader reader, String shown, boolean live, CameraSettings settings) {
        return live
                ? new LiveDecodedSource(shown, settings.jpegQuality(), reader)
                : new DecodedSource(shown, settings.jpegQuality(), reader);
    }

    /**
     * Opens a connection, one only: some cameras have no second. A local camera is asked for MJPEG: most have it, and it saves decode and
     * encode.
     *
     * @return null for a local camera that cannot be opened this way
     */
    private static FFmpegFrameGrabber started(String address, CameraSettings settings) throws IOException {
        FFmpegFrameGrabber grabber = ClipReader.grabber(address);
        // broken pictures are the reader's business; FFmpeg would write each to standard error
        avutil.av_log_set_level(avutil.AV_LOG_FATAL);
        boolean device = ClipReader.isDevice(address);
        if (device) {
            grabber.setFormat(ClipReader.DEVICE_FORMAT);
            grabber.setOption("input_format", "mjpeg");
        }
        options(address, settings).forEach(grabber::setOption);
        try {
            grabber.start();
            if (grabber.hasVideo()) {
                return grabber;
            }
            grabber.close();
            throw new IOException(address + ": has no pictures");
        } catch (FrameGrabber.Exception e) {
            release(grabber);
            if (device) {
                LOG.debug("{}: not opened as MJPEG ({})", address, FfmpegReason.of(e));
                return null;
            }
            throw new IOException(address + ": cannot be opened as a video (" + FfmpegReason.of(e) + ")", e);
        }
    }

    private static void release(FFmpegFrameGrabber grabber) {
        try {
            grabber.close();
        } catch (FrameGrabber.Exception e) {
            LOG.debug("the first failure is the one to tell", e);
        }
    }

    /** Whether an address is a stream or a device: everything but a file, a folder or a test pattern. */
    public static boolean isLive(String address) {
        return ClipReader.isDevice(address) || (address.contains("://") && !address.startsWith("file:"));
    }

    /** FFmpeg's options: never wait for ever, never hold pictures back. */
    private static Map<String, String> options(String address, CameraSettings settings) {
        Map<String, String> options = new LinkedHashMap<>();
        // sooner than the camera is given up: FFmpeg gives back what it holds, a thread that is left to itself does not
        String timeout = Long.toString(
                TimeUnit.NANOSECONDS.toMicros(settings.grabTimeout().toNanos()) * 3 / 4);
        if (ClipReader.isDevice(address)) {
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
