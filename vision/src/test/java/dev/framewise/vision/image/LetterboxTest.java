package dev.framewise.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.vision.image.InputFormat.ColourOrder;
import dev.framewise.vision.image.InputFormat.Fit;
import dev.framewise.vision.image.InputFormat.ValueRange;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LetterboxTest {
    private static final int SIDE = 104;

    @ParameterizedTest
    @CsvSource({"768, 576", "576, 768", "104, 104", "40, 30", "99, 101", "500, 3", "1, 1", "1920, 1080"})
    void agreesWithAPlainBilinearReference(int width, int height) {
        try (BgrImage scene = TestingPictures.scene(width, height, /* seed= */ 9);
                FloatPointer slot = new FloatPointer(3L * SIDE * SIDE);
                Letterbox letterbox = new Letterbox(slot, SIDE, SIDE)) {
            letterbox.write(scene);
            assertAgrees(read(slot), TestingPictures.bytes(scene), width, height);
        }
    }

    /** Sizes and places are worked out by hand. */
    @ParameterizedTest
    @CsvSource({
        "TOP_LEFT, 768, 576, 0, 0, 104, 78",
        "CENTRED, 768, 576, 0, 13, 104, 78",
        "CENTRED, 576, 768, 13, 0, 78, 104",
        "CENTRED, 99, 101, 1, 0, 102, 104",
        "CENTRED, 500, 3, 0, 51, 104, 1",
        "STRETCHED, 768, 576, 0, 0, 104, 104",
        "STRETCHED, 50, 200, 0, 0, 104, 104"
    })
    void everyFormatAgreesWithTheReference(
            Fit fit, int width, int height, int left, int top, int innerWidth, int innerHeight) {
        for (ColourOrder colours : ColourOrder.values()) {
            InputFormat plain = InputFormat.of(fit, colours, ValueRange.BYTE).withPadValue(50);
            Place place = new Place(left, top, innerWidth, innerHeight);
            assertFormat(plain, /* white= */ 255, width, height, place);
            assertFormat(plain.withRange(ValueRange.UNIT), /* white= */ 1, width, height, place);
            InputFormat normalized = plain.withRange(ValueRange.UNIT)
                    .withNormalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
            assertFormat(normalized, /* white= */ 1, width, height, place);
        }
    }

    private static void assertFormat(InputFormat format, double white, int width, int height, Place place) {
        try (BgrImage scene = TestingPictures.scene(width, height, /* seed= */ 5);
                FloatPointer slot = new FloatPointer(3L * SIDE * SIDE);
                Letterbox letterbox = new Letterbox(slot, SIDE, SIDE, format)) {
            letterbox.write(scene);
            float[] bytes = read(slot);
            for (int plane = 0; plane < 3; plane++) {
                for (int i = plane * SIDE * SIDE; i < (plane + 1) * SIDE * SIDE; i++) {
                    bytes[i] = (float)
                            ((bytes[i] * format.std().get(plane) + format.mean().get(plane)) * 255 / white);
                }
            }
            assertAgrees(bytes, TestingPictures.bytes(scene), width, height, place, format);
        }
    }

    @Test
    void aFormatThatMakesNoSenseIsRefused() {
        InputFormat yolox = InputFormat.yolox();
        assertThatThrownBy(() -> new InputFormat(
                        Fit.CENTRED, 256, ColourOrder.RGB, ValueRange.UNIT, List.of(0.0), List.of(1.0, 0.0, 1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("padValue is 256", "mean is [0.0]", "std is [1.0, 0.0, 1.0]");
        assertThatThrownBy(() -> yolox.withNormalization(List.of(0.0, 0.0, Double.NaN), yolox.std()))
                .hasMessageContaining("NaN");
    }

    @Test
    void paddingIsRightAfterAPictureOfAnotherShape() {
        try (BgrImage wide = TestingPictures.scene(200, 50, /* seed= */ 1);
                BgrImage tall = TestingPictures.scene(50, 200, /* seed= */ 2);
                FloatPointer slot = new FloatPointer(3L * SIDE * SIDE);
                Letterbox letterbox = new Letterbox(slot, SIDE, SIDE)) {
            letterbox.write(wide);
            letterbox.write(tall);
            assertAgrees(read(slot), TestingPictures.bytes(tall), 50, 200);
            letterbox.write(wide);
            assertAgrees(read(slot), TestingPictures.bytes(wide), 200, 50);
        }
    }

    @Test
    void leavesTheNeighbouringSlotsAlone() {
        int size = 3 * SIDE * SIDE;
        try (BgrImage scene = TestingPictures.scene(300, 200, /* seed= */ 1);
                FloatPointer memory = new FloatPointer(3L * size)) {
            memory.put(filled(3 * size, -1f));
            try (Letterbox letterbox = new Letterbox(memory.getPointer(size), SIDE, SIDE)) {
                letterbox.write(scene);
            }
            float[] after = new float[3 * size];
            memory.get(after);
            for (int i = 0; i < size; i++) {
                assertThat(after[i]).isEqualTo(-1f);
                assertThat(after[size + i]).isNotEqualTo(-1f);
                assertThat(after[2 * size + i]).isEqualTo(-1f);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ColourOrder.class)
    void aJpegGivesNearlyWhatItsPixelsGive(ColourOrder order) throws ImageFormatException {
        InputFormat format = InputFormat.yolox().withColours(order);
        byte[] jpeg = TestingPictures.jpeg(768, 576, /* seed= */ 3);
        try (JpegDecoder decoder = new JpegDecoder();
                BgrImage pixels = new BgrImage();
                FloatPointer slot = new FloatPointer(3L * SIDE * SIDE);
                Letterbox letterbox = new Letterbox(slot, SIDE, SIDE, format)) {
            letterbox.write(decoder.decode(jpeg));
            float[] fromPlanes = read(slot);
            decoder.decode(jpeg, pixels);
            letterbox.write(pixels);
            float[] fromPixels = read(slot);
            double sum = 0;
            for (int i = 0; i < fromPlanes.length; i++) {
                sum += Math.abs(fromPlanes[i] - fromPixels[i]);
            }
            assertThat(sum / fromPlanes.length).isLessThan(0.6);
        }
    }

    /** Between two pictures with colours, whose planes lie in the same memory. */
    @Test
    void aGreyJpegHasNoColour() throws ImageFormatException {
        byte[] coloured = TestingPictures.jpeg(200, 150, /* seed= */ 4);
        byte[] grey;
        try (BgrImage scene = TestingPictures.scene(200, 150, /* seed= */ 4);
                Mat plane = new Mat()) {
            opencv_core.extractChannel(scene.mat(), plane, 1);
            grey = TestingPictures.jpeg(plane);
        }
        InputFormat format = InputFormat.yolox().withColours(ColourOrder.YCBCR);
        try (JpegDecoder decoder = new JpegDecoder();
                FloatPointer slot = new FloatPointer(3L * SIDE * SIDE);
                Letterbox letterbox = new Letterbox(slot, SIDE, SIDE, format)) {
            letterbox.write(decoder.decode(coloured));
            float[] before = read(slot);
            letterbox.write(decoder.decode(grey));
            float[] without = read(slot);
            letterbox.write(decoder.decode(coloured));
            int planeSize = SIDE * SIDE;
            assertThat(Arrays.copyOfRange(without, planeSize, 3 * planeSize)).containsOnly(128);
            assertThat(Arrays.copyOf(without, planeSize)).isNotEqualTo(Arrays.copyOf(before, planeSize));
            assertThat(read(slot)).isEqualTo(before);
        }
    }

    @Test
    void sizesAreThoseOfYolox() {
        double scale = 416.0 / 768;
        assertThat(LetterboxGeometry.fit(768, 576, 416, 416, Fit.TOP_LEFT))
                .isEqualTo(new LetterboxGeometry(768, 576, scale, scale, /* left= */ 0, /* top= */ 0, 416, 312));
        // Exactly it is 234; YOLOX truncates 233.99999999999997, and so do we.
        assertThat(LetterboxGeometry.fit(768, 432, 416, 416, Fit.TOP_LEFT).innerHeight())
                .isEqualTo(233);
        assertThat(LetterboxGeometry.fit(1000, 1, 416, 416, Fit.TOP_LEFT).innerHeight())
                .isEqualTo(1);
    }

    /** Where a picture must lie in the input. */
    private record Place(int left, int top, int width, int height) {
        boolean holds(int x, int y) {
            return x >= left && x < left + width && y >= top && y < top + height;
        }
    }

    private static void assertAgrees(float[] planes, byte[] bgr, int width, int height) {
        double scale = Math.min(SIDE / (double) height, SIDE / (double) width);
        int innerWidth = Math.max(1, (int) (width * scale));
        int innerHeight = Math.max(1, (int) (height * scale));
        Place place = new Place(/* left= */ 0, /* top= */ 0, innerWidth, innerHeight);
        assertAgrees(planes, bgr, width, height, place, InputFormat.yolox());
    }

    /** OpenCV rounds its weights to 11 bits and the result to a byte, and a converted colour once more; the reference does neither. */
    private static void assertAgrees(
            float[] planes, byte[] bgr, int width, int height, Place place, InputFormat format) {
        boolean converted = format.colours() == ColourOrder.YCBCR;
        double tolerance = converted ? 2.001 : 1.001;
        for (int plane = 0; plane < 3; plane++) {
            double pad = converted && plane > 0 ? 128 : format.padValue();
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    boolean inside = place.holds(x, y);
                    double expected = pad;
                    if (inside) {
                        double[] colour = new double[3];
                        for (int channel = 0; channel < 3; channel++) {
                            colour[channel] = bilinear(
                                    bgr,
                                    width,
                                    height,
                                    channel,
                                    x - place.left,
                                    y - place.top,
                                    place.width,
                                    place.height);
                        }
                        expected = planeOf(colour, format.colours(), plane);
                    }
                    double found = planes[(plane * SIDE + y) * SIDE + x];
                    if (Math.abs(found - expected) > (inside ? tolerance : 1e-3)) {
                        assertThat(found).as("plane %d at %d,%d", plane, x, y).isEqualTo(expected);
                    }
                }
            }
        }
    }

    /** The value of a plane for a colour that is given as blue, green and red; YCbCr by ITU-T T.871. */
    private static double planeOf(double[] bgr, ColourOrder colours, int plane) {
        double luma = 0.114 * bgr[0] + 0.587 * bgr[1] + 0.299 * bgr[2];
        return switch (colours) {
            case BGR -> bgr[plane];
            case RGB -> bgr[2 - plane];
            case YCBCR ->
                switch (plane) {
                    case 0 -> luma;
                    case 1 -> (bgr[0] - luma) / 1.772 + 128;
                    default -> (bgr[2] - luma) / 1.402 + 128;
                };
        };
    }

    private static double bilinear(
            byte[] bgr, int width, int height, int plane, int x, int y, int innerWidth, int innerHeight) {
        double sourceX = clamp((x + 0.5) * width / innerWidth - 0.5, width - 1);
        double sourceY = clamp((y + 0.5) * height / innerHeight - 0.5, height - 1);
        int left = (int) sourceX;
        int top = (int) sourceY;
        int right = Math.min(left + 1, width - 1);
        int bottom = Math.min(top + 1, height - 1);
        double fx = sourceX - left;
        double fy = sourceY - top;
        double upper = (1 - fx) * at(bgr, width, left, top, plane) + fx * at(bgr, width, right, top, plane);
        double lower = (1 - fx) * at(bgr, width, left, bottom, plane) + fx * at(bgr, width, right, bottom, plane);
        return (1 - fy) * upper + fy * lower;
    }

    private static int at(byte[] bgr, int width, int x, int y, int plane) {
        return bgr[3 * (y * width + x) + plane] & 0xFF;
    }

    private static double clamp(double value, int max) {
        return Math.max(0, Math.min(max, value));
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }

    private static float[] read(FloatPointer slot) {
        float[] values = new float[3 * SIDE * SIDE];
        slot.get(values);
        return values;
    }
}
