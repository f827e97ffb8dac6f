package dev.framewise.vision.image;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * libjpeg-turbo's encoder, for planes of 4:2:0 that are as a JPEG has them, or become so in one pass: video uses a limited range, and the
 * library reads luma of whole samples of chroma. Memory is reused from picture to picture. Belongs to one thread.
 */
final class TurboJpegEncoder implements AutoCloseable {
    private static final int PLANES = 3;
    /** Full range of limited range, by BT.601: (y - 16) * 255 / 219. */
    private static final double LUMA_GAIN = 255.0 / 219;

    private static final double LUMA_OFFSET = -16 * LUMA_GAIN;
    /** (c - 128) * 255 / 224 + 128. */
    private static final double CHROMA_GAIN = 255.0 / 224;

    private static final double CHROMA_OFFSET = 128 - 128 * CHROMA_GAIN;

    private final int quality;
    private final long handle;
    /** Planes with whole samples of chroma, and in them the windows that hold the picture. */
    private final Mat[] padded = {new Mat(), new Mat(), new Mat()};

    private final Mat[] inside = {new Mat(), new Mat(), new Mat()};
    private final LongPointer addresses = new LongPointer(PLANES);
    private final IntPointer strides = new IntPointer(PLANES);
    /** Where the JPEG goes, and its bytes. */
    private final LongPointer output = new LongPointer(/* size= */ 2);

    private BytePointer jpeg = new BytePointer();
    private int width;
    private int height;

    /** @param quality 1 to 100 */
    TurboJpegEncoder(int quality) {
        this.quality = quality;
        handle = TurboJpegLibrary.tjInitCompress();
        if (handle == 0) {
            throw new IllegalStateException("libturbojpeg has no memory for an encoder");
        }
    }

    /**
     * The picture as a JPEG file.
     *
     * @param picture one that has planes
     */
    byte[] encode(VideoPicture picture) {
        reshape(picture.width(), picture.height());
        boolean asItIs = picture.isFullRange() && width % 2 == 0 && height % 2 == 0;
        for (int i = 0; i < PLANES; i++) {
            if (!asItIs) {
                fill(i, picture);
            }
            addresses.put(
                    i, asItIs ? picture.rows(i).address() : padded[i].data().address());
            strides.put(i, asItIs ? picture.stride(i) : (int) padded[i].step());
        }
        output.put(0, jpeg.address());
        output.put(1, jpeg.capacity());
        int result = TurboJpegLibrary.tjCompressFromYUVPlanes(
                handle,
                addresses.address(),
                width,
                strides.address(),
                height,
                TurboJpegLibrary.SAMPLES_420,
                output.address(),
                output.address() + Long.BYTES,
                quality,
                TurboJpegLibrary.NO_REALLOC | TurboJpegLibrary.ACCURATE_DCT);
        if (result != 0) {
            throw new IllegalStateException("libturbojpeg did not encode a picture of " + width + "x" + height
                    + " pixels: " + TurboJpegLibrary.tjGetErrorStr2(handle));
        }
        byte[] bytes = new byte[Math.toIntExact(output.get(1))];
        jpeg.get(bytes);
        return bytes;
    }

    private void reshape(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return;
        }
        for (int i = 0; i < PLANES; i++) {
            int columns = i == 0 ? newWidth : (newWidth + 1) / 2;
            int rows = i == 0 ? newHeight : (newHeight + 1) / 2;
            inside[i].close();
            padded[i].close();
            padded[i] = new Mat(
                    i == 0 ? rows + rows % 2 : rows, i == 0 ? columns + columns % 2 : columns, opencv_core.CV_8UC1);
            try (Rect picture = new Rect(0, 0, columns, rows)) {
                inside[i] = new Mat(padded[i], picture);
            }
        }
        long most = TurboJpegLibrary.tjBufSize(newWidth, newHeight, TurboJpegLibrary.SAMPLES_420);
        if (jpeg.capacity() < most) {
            jpeg.close();
            jpeg = new BytePointer(most);
        }
        width = newWidth;
        height = newHeight;
    }

    /** Fills a plane of ours, widened where that is needed; edges are repeated where luma is padded. */
    private void fill(int i, VideoPicture picture) {
        boolean full = picture.isFullRange();
        double gain = i == 0 ? LUMA_GAIN : CHROMA_GAIN;
        double offset = i == 0 ? LUMA_OFFSET : CHROMA_OFFSET;
        try (Mat source =
                new Mat(inside[i].rows(), inside[i].cols(), opencv_core.CV_8UC1, picture.rows(i), picture.stride(i))) {
            source.convertTo(inside[i], /* rtype= */ -1, full ? 1 : gain, full ? 0 : offset);
        }
        int columns = inside[i].cols();
        int rows = inside[i].rows();
        if (padded[i].cols() > columns) {
            try (Mat last = padded[i].col(columns - 1);
                    Mat beyond = padded[i].col(columns)) {
                last.copyTo(beyond);
            }
        }
        if (padded[i].rows() > rows) {
            try (Mat last = padded[i].row(rows - 1);
                    Mat beyond = padded[i].row(rows)) {
                last.copyTo(beyond);
            }
        }
    }

    @Override
    public void close() {
        TurboJpegLibrary.tjDestroy(handle);
        for (int i = 0; i < PLANES; i++) {
            inside[i].close();
            padded[i].close();
        }
        addresses.close();
        strides.close();
        output.close();
        jpeg.close();
    }
}
