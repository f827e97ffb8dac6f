package dev.framewise.vision.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.FrameGrabber.ImageMode;

/**
 * Reads the pictures of a clip, a camera or a stream one after the other:
 *
 * <pre>{@code
 * try (ClipReader clip = ClipReader.open(path)) {
 *     while (clip.advance()) {
 *         use(clip.image(), clip.timestampMicros());
 *     }
 * }
 * }</pre>
 *
 * <p>One picture is reused for all. {@link #picture} is as the decoder made it; BGR is made only for those who ask for the {@link #image}.
 * Belongs to one thread.
 */
public final class ClipReader implements AutoCloseable {
    /** FFmpeg's name for the cameras of a Linux machine. */
    public static final String DEVICE_FORMAT = "video4linux2";

    private final String source;
    private final FFmpegFrameGrabber grabber;
    private final VideoPicture picture = VideoPicture.window();
    /** The frame that the grabber decodes into; null until it has shown it. */
    private AVFrame decoded;

    private long index = -1;
    private long timestampMicros;

    private ClipReader(String source, FFmpegFrameGrabber grabber) {
        this.source = source;
        this.grabber = grabber;
        if (grabber.getVideoCodec() == avcodec.AV_CODEC_ID_RAWVIDEO) {
            // its rows may run upwards, which the grabber shows only after it has converted them
            grabber.setImageMode(ImageMode.COLOR);
        }
    }

    /** Opens a video file. */
    public static ClipReader open(Path file) throws IOException {
        return open(file.toString());
    }

    /**
     * Opens whatever FFmpeg reads.
     *
     * @param source a file, an address such as {@code rtsp://camera/stream}, or a device such as {@code /dev/video0}
     * @throws IOException if it cannot be opened or shows no pictures
     */
    public static ClipReader open(String source) throws IOException {
        // Packets lost on the way smear pictures; a camera on TCP is late instead.
        return open(source, source.startsWith("rtsp://") ? Map.of("rtsp_transport", "tcp") : Map.of());
    }

    /**
     * Opens whatever FFmpeg reads, with options of FFmpeg such as time-outs.
     *
     * @throws IOException if it cannot be opened or shows no pictures
     */
    public static ClipReader open(String source, Map<String, String> options) throws IOException {
        NativeLibraries.load();
        if (isDevice(source)) {
            DeviceSupport.require(source);
        }
        FFmpegFrameGrabber grabber = grabber(source);
        if (isDevice(source)) {
            grabber.setFormat(DEVICE_FORMAT);
        }
        options.forEach(grabber::setOption);
        try {
            grabber.start();
            if (!grabber.hasVideo()) {
                grabber.close();
                throw new IOException(source + ": has no pictures");
            }
        } catch (FrameGrabber.Exception e) {
            release(grabber);
            throw new IOException(source + ": cannot be opened as a video (" + FfmpegReason.of(e) + ")", e);
        }
        return new ClipReader(source, grabber);
    }

    /** A grabber as {@link #over} wants it: to be given options, and to be started. */
    public static FFmpegFrameGrabber grabber(String source) {
        FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(source);
        // it would convert every picture to BGR, wanted or not
        grabber.setImageMode(ImageMode.RAW);
        grabber.setImageScalingFlags(swscale.SWS_BICUBIC);
        return grabber;
    }

    /**
     * Reads from a grabber that {@link #grabber} made, that has been started, and that the reader owns from now on.
     *
     * @param source for messages
     */
    public static ClipReader over(String source, FFmpegFrameGrabber started) {
        if (started.getImageMode() != ImageMode.RAW) {
            // its memory for converted pictures would never be given back
            throw new IllegalArgumentException(source + ": the grabber is not one of ClipReader.grabber");
        }
        return new ClipReader(source, started);
    }

    /** Whether an address is a camera of this machine: {@code /dev/video0}, or a name that udev gives it, as in {@code /dev/v4l/by-id}. */
    public static boolean isDevice(String source) {
        return source.startsWith("/dev/") && !source.startsWith("/dev/shm/");
    }

    /** Gives back what a grabber holds that did not start. */
    private static void release(FFmpegFrameGrabber grabber) {
        try {
            grabber.close();
        } catch (FrameGrabber.Exception e) {
            // the first failure is the one to tell
        }
    }

    /** Width of the pictures, pixels. */
    public int width() {
        return grabber.getImageWidth();
    }

    /** Height of the pictures, pixels. */
    public int height() {
        return grabber.getImageHeight();
    }

    /** Pictures per second as the source states it; 0 if it does not. */
    public double framesPerSecond() {
        return grabber.getVideoFrameRate();
    }

    /** Number of pictures as the source states it; empty for cameras and streams. */
    public OptionalInt frameCount() {
        int frames = grabber.getLengthInVideoFrames();
        return frames > 0 ? OptionalInt.of(frames) : OptionalInt.empty();
    }

    /**
     * Reads the next picture.
     *
     * @return false at the end
     * @throws IOException if the source breaks off
     */
    public boolean advance() throws IOException {
        // RAW mode shows the decoder's frame with the first picture; there is nothing to make of the others
        boolean known = decoded != null && grabber.getImageMode() == ImageMode.RAW;
        Frame frame;
        try {
            frame = grabber.grabFrame(
                    /* doAudio= */ false,
                    /* doVideo= */ true,
                    /* doProcessing= */ !known,
                    /* keyFrames= */ false,
                    /* doData= */ false);
        } catch (FrameGrabber.Exception e) {
            throw new IOException(source + ": unreadable after picture " + index, e);
        }
        if (frame == null) {
            picture.show(null);
            return false;
        }
        if (!known) {
            decoded = (AVFrame) frame.opaque;
        }
        picture.show(decoded);
        timestampMicros = frame.timestamp;
        index++;
        return true;
    }

    /** The picture read last, as it was decoded; valid until {@link #advance} is called again. */
    public VideoPicture picture() {
        return picture;
    }

    /** The picture read last, as BGR that is made on the first call; valid until {@link #advance} is called again. */
    public BgrImage image() {
        return picture.pixels();
    }

    /** Presentation time of the picture read last, microseconds from the source's own start. */
    public long timestampMicros() {
        return timestampMicros;
    }

    /** Index of the picture read last, from 0; -1 before the first. */
    public long index() {
        return index;
    }

    @Override
    public void close() throws IOException {
        picture.close();
        try {
            grabber.close();
        } catch (FrameGrabber.Exception e) {
            throw new IOException(source + ": cannot be closed", e);
        }
    }
}
