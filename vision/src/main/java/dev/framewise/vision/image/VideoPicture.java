package dev.framewise.vision.image;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A picture as the decoder of a video made it, in the video's own pixel format, which mostly is 8-bit planes of 4:2:0. {@link
 * JpegEncoder} makes a JPEG of such planes as they are; packed BGR is made only of a picture whose {@link #pixels} somebody asks for.
 *
 * <p>That of a {@link ClipReader} is a window into the decoder's memory, valid until the reader advances or closes; one that was made by
 * its constructor is a copy in memory of its own, which is reused. Belongs to one thread at a time; close it to give the memory back.
 *
 * <p>Why: docs/decisions/0073-jpeg-from-the-decoded-planes.md.
 */
public final class VideoPicture implements AutoCloseable {
    /** Of the arrays that swscale reads, whatever the format. */
    private static final int PLANES = 4;

    /** What swscale's fast ways write in one go, pixels: they leave out the end of a row that holds no whole one. */
    private static final int AT_ONCE = 32;

    private final BgrImage pixels = new BgrImage();
    /** Where pictures are converted whose rows are no multiple of that. */
    private final Mat roomy = new Mat();

    private final PointerPointer<BytePointer> target = new PointerPointer<>(PLANES);
    private final IntPointer targetStrides = new IntPointer(new int[PLANES]);
    /** Null of a window. */
    private final AVFrame own;
    /** Null while there is no picture. */
    private AVFrame frame;

    private SwsContext conversion;
    private boolean converted;

    /** A picture of nothing, to become a copy. */
    public VideoPicture() {
        this(avutil.av_frame_alloc());
    }

    private VideoPicture(AVFrame own) {
        NativeLibraries.load();
        this.own = own;
        for (int i = 0; i < PLANES; i++) {
            target.put(i, null);
        }
    }

    /** A window that shows nothing yet. */
    static VideoPicture window() {
        return new VideoPicture(null);
    }

    /** Shows a frame, which stays its owner's, or none if it is null. */
    void show(AVFrame decoded) {
        frame = decoded;
        converted = false;
    }

    /** Becomes a copy of another picture; not to be called of a reader's. */
    public void copyFrom(VideoPicture other) {
        AVFrame from = other.frame();
        if (own.format() != from.format() || own.width() != from.width() || own.height() != from.height()) {
            avutil.av_frame_unref(own);
            own.format(from.format());
            own.width(from.width());
            own.height(from.height());
            succeed(avutil.av_frame_get_buffer(own, /* align= */ 0), "has no memory for");
        }
        succeed(avutil.av_frame_copy(own, from), "does not copy");
        own.color_range(from.color_range());
        show(own);
    }

    private void succeed(int code, String failure) {
        if (code < 0) {
            throw new IllegalStateException("FFmpeg " + failure + " a picture of " + own.width() + "x" + own.height()
                    + " pixels in its format " + own.format() + ": code " + code);
        }
    }

    /** Pixels. */
    public int width() {
        return frame().width();
    }

    /** Pixels. */
    public int height() {
        return frame().height();
    }

    /**
     * The picture as packed BGR, made on the first call: colours of BT.601, whatever the video says of itself, and chroma as OpenCV's and
     * Python's readers upsample it, so that pictures can be compared with theirs. Valid as long as this picture.
     */
    public BgrImage pixels() {
        if (!converted) {
            convert(frame());
            converted = true;
        }
        return pixels;
    }

    private void convert(AVFrame from) {
        int width = from.width();
        int height = from.height();
        pixels.reshape(width, height);
        conversion = swscale.sws_getCachedContext(
                conversion,
                width,
                height,
                from.format(),
                width,
                height,
                avutil.AV_PIX_FMT_BGR24,
                swscale.SWS_BICUBIC,
                null,
                null,
                (DoublePointer) null);
        if (conversion == null) {
            throw new IllegalStateException("FFmpeg does not make BGR of its pixel format " + from.format());
        }
        if (width % AT_ONCE == 0) {
            write(from, pixels.mat());
            return;
        }
        roomy.create(height, width + AT_ONCE - width % AT_ONCE, opencv_core.CV_8UC3);
        write(from, roomy);
        try (Mat written = roomy.colRange(0, width)) {
            written.copyTo(pixels.mat());
        }
    }

    private void write(AVFrame from, Mat rows) {
        target.put(0, rows.data());
        targetStrides.put(0, (int) rows.step());
        swscale.sws_scale(conversion, from.data(), from.linesize(), 0, from.height(), target, targetStrides);
    }

    /**
     * Whether there are 8-bit planes of 4:2:0 whose range is as {@link #pixels} takes it. Video that has the pixel format of the limited
     * range and says that it uses the full one is none: its colours would depend on the way.
     */
    boolean hasPlanes() {
        AVFrame from = frame();
        boolean known =
                switch (from.format()) {
                    case avutil.AV_PIX_FMT_YUV420P -> from.color_range() != avutil.AVCOL_RANGE_JPEG;
                    case avutil.AV_PIX_FMT_YUVJ420P -> from.color_range() != avutil.AVCOL_RANGE_MPEG;
                    default -> false;
                };
        // rows that run upwards have a negative stride
        return known && from.linesize(0) > 0 && from.linesize(1) > 0 && from.linesize(2) > 0;
    }

    /** Whether planes take all values from 0 to 255, as in a JPEG, and not 16 to 235 (luma) and 16 to 240 (chroma). */
    boolean isFullRange() {
        return frame().format() == avutil.AV_PIX_FMT_YUVJ420P;
    }

    /** The rows of plane 0 (luma), 1 (Cb) or 2 (Cr). */
    BytePointer rows(int plane) {
        return frame().data(plane);
    }

    /** Bytes from one row of a plane to the next. */
    int stride(int plane) {
        return frame().linesize(plane);
    }

    private AVFrame frame() {
        if (frame == null) {
            throw new IllegalStateException("there is no picture yet, or no more");
        }
        return frame;
    }

    @Override
    public void close() {
        frame = null;
        pixels.close();
        roomy.close();
        swscale.sws_freeContext(conversion);
        conversion = null;
        target.close();
        targetStrides.close();
        if (own != null) {
            avutil.av_frame_free(own);
        }
    }
}
