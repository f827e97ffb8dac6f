package dev.framewise.vision.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

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
 * <p>One image is reused for all pictures. Belongs to one thread.
 */
public final class ClipReader implements AutoCloseable {
    /** FFmpeg's name for the cameras of a Linux machine. */
    public static final String DEVICE_FORMAT = "video4linux2";

    private final String source;
    private final FFmpegFrameGrabber grabber;
    private final BgrImage image = new BgrImage();
    private long index = -1;
    private long timestampMicros;

    private ClipReader(String source, FFmpegFrameGrabber grabber) {
        this.source = source;
        this.grabber = grabber;
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
        FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(source);
        // Chroma is upsampled as OpenCV's and Python's readers do it, so that frames can be compared.
        grabber.setImageScalingFlags(swscale.SWS_BICUBIC);
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

    /**
     * Reads from a grabber that has been started, and that the reader owns from now on.
     *
     * @param source for messages
     */
    public static ClipReader over(String source, FFmpegFrameGrabber started) {
        started.setImageScalingFlags(swscale.SWS_BICUBIC);
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
        Frame frame;
        try {
            frame = grabber.grabImage();
        } catch (FrameGrabber.Exception e) {
            throw new IOException(source + ": unreadable after picture " + index, e);
        }
        if (frame == null) {
            return false;
        }
        copy(frame);
        timestampMicros = frame.timestamp;
        index++;
        return true;
    }

    private void copy(Frame frame) {
        image.reshape(frame.imageWidth, frame.imageHeight);
        ByteBuffer from = (ByteBuffer) frame.image[0];
        ByteBuffer to = image.buffer();
        int rowBytes = 3 * frame.imageWidth;
        for (int y = 0; y < frame.imageHeight; y++) {
            to.put(y * rowBytes, from, y * frame.imageStride, rowBytes);
        }
    }

    /** The picture read last; overwritten by the next {@link #advance}. */
    public BgrImage image() {
        return image;
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
        image.close();
        try {
            grabber.close();
        } catch (FrameGrabber.Exception e) {
            throw new IOException(source + ": cannot be closed", e);
        }
    }
}
