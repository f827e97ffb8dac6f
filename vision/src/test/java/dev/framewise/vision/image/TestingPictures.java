package dev.framewise.vision.image;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures that no camera took: a colour gradient with rectangles and a little grain, the same for the same seed. */
public final class TestingPictures {
    private TestingPictures() {}

    /** A scene of that size. */
    public static BgrImage scene(int width, int height, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] pixels = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = 3 * (y * width + x);
                pixels[at] = (byte) (40 + 150 * x / width + random.nextInt(8));
                pixels[at + 1] = (byte) (60 + 120 * y / height + random.nextInt(8));
                pixels[at + 2] = (byte) (200 - 100 * x / width + random.nextInt(8));
            }
        }
        for (int i = 0; i < 6; i++) {
            int left = random.nextInt(width);
            int top = random.nextInt(height);
            int right = Math.min(width, left + 1 + width / 6);
            int bottom = Math.min(height, top + 1 + height / 4);
            byte blue = (byte) random.nextInt(256);
            byte green = (byte) random.nextInt(256);
            byte red = (byte) random.nextInt(256);
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    int at = 3 * (y * width + x);
                    pixels[at] = blue;
                    pixels[at + 1] = green;
                    pixels[at + 2] = red;
                }
            }
        }
        BgrImage image = new BgrImage(width, height);
        image.buffer().put(pixels);
        return image;
    }

    /** A JPEG of a scene of that size, quality 85. */
    public static byte[] jpeg(int width, int height, long seed) {
        try (BgrImage image = scene(width, height, seed);
                JpegEncoder encoder = new JpegEncoder(85)) {
            return encoder.encode(image);
        }
    }

    /** A JPEG by OpenCV with parameters of its own, as pairs of key and value. */
    static byte[] jpeg(BgrImage image, int... parameters) {
        return jpeg(image.mat(), parameters);
    }

    /** The same of a picture that may be grey. */
    static byte[] jpeg(Mat image, int... parameters) {
        try (IntPointer pairs = new IntPointer(parameters);
                BytePointer encoded = new BytePointer()) {
            opencv_imgcodecs.imencode(".jpg", image, encoded, pairs);
            byte[] jpeg = new byte[(int) encoded.limit()];
            encoded.get(jpeg);
            return jpeg;
        }
    }

    /** Where a marker stands in the header of a JPEG. */
    static int indexOfMarker(byte[] jpeg, int marker) {
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) != marker) {
            at += 2 + ((jpeg[at + 2] & 0xFF) << 8) + (jpeg[at + 3] & 0xFF);
        }
        return at;
    }

    /** A JPEG without the tables that UVC cameras and MJPEG in AVI leave out. */
    static byte[] withoutHuffmanTables(byte[] jpeg) {
        byte[] bare = jpeg;
        int scan = indexOfMarker(bare, 0xDA);
        for (int at = indexOfMarker(bare, 0xC4); at < scan; ) {
            int length = 2 + ((bare[at + 2] & 0xFF) << 8) + (bare[at + 3] & 0xFF);
            byte[] shorter = Arrays.copyOf(bare, bare.length - length);
            System.arraycopy(bare, at + length, shorter, at, shorter.length - at);
            bare = shorter;
            scan -= length;
        }
        return bare;
    }

    /** The bytes of a picture, rows in order. */
    static byte[] bytes(BgrImage image) {
        ByteBuffer buffer = image.buffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** Mean absolute difference of two pictures' bytes. */
    static double meanDifference(byte[] a, byte[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((a[i] & 0xFF) - (b[i] & 0xFF));
        }
        return sum / (double) a.length;
    }
}
