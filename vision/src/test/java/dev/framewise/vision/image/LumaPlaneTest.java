package dev.framewise.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LumaPlaneTest {
    private final JpegDecoder decoder = new JpegDecoder();
    private final LumaPlane plane = new LumaPlane();

    @AfterEach
    void close() {
        plane.close();
        decoder.close();
    }

    @ParameterizedTest
    @CsvSource({
        "FULL, 96, 64, 96, 64",
        "HALF, 96, 64, 48, 32",
        "HALF, 97, 63, 49, 32",
        "HALF, 1, 1, 1, 1",
        "QUARTER, 96, 64, 24, 16",
        "QUARTER, 97, 63, 25, 16"
    })
    void holdsThePictureAndSaysWhereItComesFrom(JpegScale scale, int width, int height, int wide, int high)
            throws ImageFormatException {
        decoder.decodeLuma(TestingPictures.jpeg(width, height, /* seed= */ 1), scale, plane);
        assertThat(plane.sourceWidth()).isEqualTo(width);
        assertThat(plane.sourceHeight()).isEqualTo(height);
        assertThat(plane.scale()).isEqualTo(scale);
        assertThat(plane.width()).isEqualTo(wide);
        assertThat(plane.height()).isEqualTo(high);
        assertThat(plane.stride()).isEqualTo(wide);
        assertThat(plane.buffer().remaining()).isEqualTo(wide * high);
        assertThat(plane.mat().cols()).isEqualTo(wide);
        assertThat(plane.mat().rows()).isEqualTo(high);
        assertThat(plane.mat().data().address()).isEqualTo(plane.address());
    }

    /** A smaller plane is the mean of the pixels it stands for, but for what rounding and clamping do at sharp edges. */
    @ParameterizedTest
    @CsvSource({"HALF, 320, 240", "QUARTER, 320, 240", "HALF, 333, 251", "QUARTER, 333, 251"})
    void aSmallerPlaneIsTheMeanOfWhatItStandsFor(JpegScale scale, int width, int height) throws ImageFormatException {
        byte[] jpeg = TestingPictures.jpeg(width, height, /* seed= */ 4);
        decoder.decodeLuma(jpeg, JpegScale.FULL, plane);
        byte[] full = bytes(plane);
        decoder.decodeLuma(jpeg, scale, plane);
        byte[] means = new byte[plane.width() * plane.height()];
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                means[y * plane.width() + x] = mean(full, width, height, x, y, scale.denominator());
            }
        }
        assertThat(TestingPictures.meanDifference(bytes(plane), means)).isLessThan(2);
    }

    private static byte mean(byte[] full, int width, int height, int x, int y, int side) {
        int sum = 0;
        int count = 0;
        for (int sourceY = y * side; sourceY < Math.min(height, (y + 1) * side); sourceY++) {
            for (int sourceX = x * side; sourceX < Math.min(width, (x + 1) * side); sourceX++) {
                sum += full[sourceY * width + sourceX] & 0xFF;
                count++;
            }
        }
        return (byte) Math.round(sum / (double) count);
    }

    @Test
    void aCopyLivesOnItsOwn() throws ImageFormatException {
        decoder.decodeLuma(TestingPictures.jpeg(97, 63, /* seed= */ 1), JpegScale.HALF, plane);
        byte[] first = bytes(plane);
        try (LumaPlane copy = new LumaPlane()) {
            copy.copyFrom(plane);
            decoder.decodeLuma(TestingPictures.jpeg(320, 240, /* seed= */ 2), JpegScale.QUARTER, plane);
            assertThat(bytes(copy)).isEqualTo(first);
            assertThat(copy.sourceWidth()).isEqualTo(97);
            assertThat(copy.scale()).isEqualTo(JpegScale.HALF);
            copy.copyFrom(plane);
            assertThat(bytes(copy)).isEqualTo(bytes(plane));
        }
    }

    @Test
    void aSteadyStreamKeepsItsMemory() throws ImageFormatException {
        decoder.decodeLuma(TestingPictures.jpeg(97, 63, /* seed= */ 1), JpegScale.HALF, plane);
        long address = plane.address();
        Mat mat = plane.mat();
        decoder.decodeLuma(TestingPictures.jpeg(97, 63, /* seed= */ 2), JpegScale.HALF, plane);
        decoder.decodeLuma(TestingPictures.jpeg(98, 64, /* seed= */ 2), JpegScale.HALF, plane);
        assertThat(plane.address()).isEqualTo(address);
        assertThat(plane.mat()).isSameAs(mat);
        assertThat(plane.sourceWidth()).isEqualTo(98);
    }

    @Test
    void anUnreadablePictureLeavesThePlaneAsItWas() throws ImageFormatException {
        byte[] jpeg = TestingPictures.jpeg(97, 63, /* seed= */ 1);
        decoder.decodeLuma(jpeg, JpegScale.HALF, plane);
        byte[] before = bytes(plane);
        byte[] cut = Arrays.copyOf(jpeg, jpeg.length / 2);
        assertThatThrownBy(() -> decoder.decodeLuma(cut, JpegScale.HALF, plane))
                .isInstanceOf(ImageFormatException.class);
        assertThat(bytes(plane)).isEqualTo(before);
    }

    @Test
    void aPlaneWithoutPixelsSaysSo() {
        assertThat(plane.width()).isZero();
        assertThatThrownBy(() -> plane.copyFrom(new LumaPlane())).hasMessageContaining("without pixels");
        assertThatThrownBy(() -> plane.reshape(0, 5, JpegScale.HALF)).hasMessageContaining("0x5");
    }

    /** Grey pictures have nothing but luma. */
    @Test
    void greyPicturesAreReadToo() throws ImageFormatException {
        try (BgrImage scene = TestingPictures.scene(96, 64, /* seed= */ 5);
                Mat grey = new Mat()) {
            opencv_core.extractChannel(scene.mat(), grey, 1);
            decoder.decodeLuma(TestingPictures.jpeg(grey), JpegScale.FULL, plane);
            byte[] expected = new byte[96 * 64];
            grey.data().get(expected);
            assertThat(TestingPictures.meanDifference(bytes(plane), expected)).isLessThan(4);
        }
    }

    private static byte[] bytes(LumaPlane plane) {
        ByteBuffer buffer = plane.buffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
