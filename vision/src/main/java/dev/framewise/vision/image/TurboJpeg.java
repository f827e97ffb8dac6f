package dev.framewise.vision.image;

import dev.framewise.vision.image.ImageFormatException.Problem;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;

/**
 * libjpeg-turbo's decoder, for what cameras usually send: YCbCr or grey, chroma sampled in one of the usual ways. Other
 * pictures are left to {@link FfmpegJpeg}. Memory is reused from picture to picture. Belongs to one thread.
 *
 * <p>Why, and why not it alone: docs/decisions/0010-scaled-decode.md.
 */
final class TurboJpeg implements AutoCloseable {
    private static final int PLANES = 3;
    /** Of the warning about bytes that many cameras leave behind their scan, which is whole. */
    private static final String HARMLESS = "extraneous bytes";
    /** By libjpeg-turbo's number (4:4:4, 4:2:2, 4:2:0, grey, 4:4:0, 4:1:1): log2 of luma columns per chroma column. */
    private static final int[] CHROMA_SHIFT_X = {0, 1, 1, 0, 0, 2};
    /** The same for rows. */
    private static final int[] CHROMA_SHIFT_Y = {0, 0, 1, 0, 1, 0};

    private final YuvImage picture = new YuvImage();
    private final BytePointer[] memory = {new BytePointer(), new BytePointer(), new BytePointer()};
    private final LongPointer addresses = new LongPointer(PLANES);
    private final IntPointer strides = new IntPointer(PLANES);
    /** Width, height, chroma's sampling, colour space: what the library reads of a header. */
    private final IntPointer header = new IntPointer(/* size= */ 4);

    /**
     * The bytes before the first scan of the picture that {@link #header} was read from: cameras repeat theirs in each picture. Empty
     * where {@link #header} holds for no other picture.
     */
    private byte[] known = {};

    private BytePointer input = new BytePointer(/* bytes= */ 1 << 17);
    private long handle = open();

    private static long open() {
        long handle = TurboJpegLibrary.tjInitDecompress();
        if (handle == 0) {
            throw new IllegalStateException("libturbojpeg has no memory for a decoder");
        }
        return handle;
    }

    /**
     * Decodes one picture into {@link #picture}.
     *
     * @param said what the picture says about itself
     * @param lumaOnly whether its colour may be left out
     * @return false if it is unusual; {@link #picture} is undefined then
     * @throws ImageFormatException if it is damaged
     */
    boolean decode(byte[] jpeg, JpegHeader said, JpegScale scale, boolean lumaOnly) throws ImageFormatException {
        if (tryDecode(jpeg, said, scale, lumaOnly)) {
            return true;
        }
        boolean warned = TurboJpegLibrary.tjGetErrorCode(handle) == TurboJpegLibrary.WARNING;
        String warning = warned ? TurboJpegLibrary.tjGetErrorStr2(handle) : "";
        // Version 2 does not forget a header that it gave up in the middle of.
        TurboJpegLibrary.tjDestroy(handle);
        handle = open();
        if (warned && !warning.contains(HARMLESS)) {
            throw new ImageFormatException(
                    Problem.CORRUPT, said.width() + "x" + said.height() + " JPEG: " + warning.strip());
        }
        return false;
    }

    private boolean tryDecode(byte[] jpeg, JpegHeader said, JpegScale scale, boolean lumaOnly) {
        if (input.capacity() < jpeg.length) {
            input.close();
            input = new BytePointer(jpeg.length + jpeg.length / 2L);
        }
        input.put(jpeg, 0, jpeg.length);
        int width = scale.lengthOf(said.width());
        int height = scale.lengthOf(said.height());
        if (!isKnown(jpeg) && !readHeader(jpeg, said)) {
            return false;
        }
        if (lumaOnly || header.get(3) == TurboJpegLibrary.GREY) {
            return decodeLuma(jpeg.length, said, width, height);
        }
        int subsampling = header.get(2);
        int shiftX = CHROMA_SHIFT_X[subsampling];
        int shiftY = CHROMA_SHIFT_Y[subsampling];
        // The library pads luma to whole samples of chroma.
        int stride = roundUp(width, shiftX);
        int rows = roundUp(height, shiftY);
        setPlane(0, stride, rows);
        setPlane(1, stride >> shiftX, rows >> shiftY);
        setPlane(2, stride >> shiftX, rows >> shiftY);
        int result = TurboJpegLibrary.tjDecompressToYUVPlanes(
                handle,
                input.address(),
                jpeg.length,
                addresses.address(),
                width,
                strides.address(),
                height,
                TurboJpegLibrary.STOP_ON_WARNING);
        picture.setPicture(said.width(), said.height(), PLANES);
        picture.setPlane(0, memory[0], width, height, stride);
        picture.setPlane(1, memory[1], stride >> shiftX, rows >> shiftY, stride >> shiftX);
        picture.setPlane(2, memory[2], stride >> shiftX, rows >> shiftY, stride >> shiftX);
        return result == 0;
    }

    /** What {@link #decode} decoded, valid until it is called again. */
    YuvImage picture() {
        return picture;
    }

    private boolean isKnown(byte[] jpeg) {
        return known.length > 0
                && known.length <= jpeg.length
                && Arrays.equals(known, 0, known.length, jpeg, 0, known.length);
    }

    private boolean readHeader(byte[] jpeg, JpegHeader said) {
        known = new byte[0];
        long at = header.address();
        int result = TurboJpegLibrary.tjDecompressHeader3(
                handle,
                input.address(),
                jpeg.length,
                at,
                at + Integer.BYTES,
                at + 2 * Integer.BYTES,
                at + 3 * Integer.BYTES);
        int subsampling = header.get(2);
        int colours = header.get(3);
        boolean usual = result == 0
                && header.get(0) == said.width()
                && header.get(1) == said.height()
                && subsampling >= 0
                && subsampling < CHROMA_SHIFT_X.length
                && (colours == TurboJpegLibrary.GREY || colours == TurboJpegLibrary.YCBCR);
        if (usual) {
            known = Arrays.copyOf(jpeg, JpegHeader.scanAt(jpeg));
        }
        return usual;
    }

    private boolean decodeLuma(int length, JpegHeader said, int width, int height) {
        setPlane(0, width, height);
        int result = TurboJpegLibrary.tjDecompress2(
                handle,
                input.address(),
                length,
                memory[0].address(),
                width,
                width,
                height,
                TurboJpegLibrary.GREY_PIXELS,
                TurboJpegLibrary.STOP_ON_WARNING);
        picture.setPicture(said.width(), said.height(), /* planeCount= */ 1);
        picture.setPlane(0, memory[0], width, height, width);
        return result == 0;
    }

    /** Makes room for a plane and says where it lies. */
    private void setPlane(int i, int stride, int rows) {
        long bytes = (long) stride * rows;
        if (memory[i].capacity() < bytes) {
            memory[i].close();
            memory[i] = new BytePointer(bytes);
        }
        addresses.put(i, memory[i].address());
        strides.put(i, stride);
    }

    private static int roundUp(int length, int shift) {
        return -(-length >> shift) << shift;
    }

    @Override
    public void close() {
        TurboJpegLibrary.tjDestroy(handle);
        picture.close();
        for (BytePointer plane : memory) {
            plane.close();
        }
        addresses.close();
        strides.close();
        header.close();
        input.close();
    }
}
