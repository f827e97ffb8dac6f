package dev.framewise.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JpegEncoderTest {
    @Test
    void whatIsEncodedCanBeDecoded() throws ImageFormatException {
        try (BgrImage scene = TestingPictures.scene(123, 77, /* seed= */ 1);
                JpegEncoder encoder = new JpegEncoder(90);
                JpegDecoder decoder = new JpegDecoder();
                BgrImage decoded = new BgrImage()) {
            byte[] jpeg = encoder.encode(scene);
            assertThat(JpegHeader.parse(jpeg)).isEqualTo(new JpegHeader(123, 77, 3));
            decoder.decode(jpeg, decoded);
            assertThat(TestingPictures.meanDifference(TestingPictures.bytes(decoded), TestingPictures.bytes(scene)))
                    .isLessThan(4);
            assertThat(encoder.encode(scene)).isEqualTo(jpeg);
        }
    }

    @Test
    void qualityDecidesTheSize() {
        try (BgrImage scene = TestingPictures.scene(320, 240, /* seed= */ 1);
                JpegEncoder poor = new JpegEncoder(30);
                JpegEncoder good = new JpegEncoder(95)) {
            assertThat(poor.encode(scene)).hasSizeLessThan(good.encode(scene).length / 2);
        }
    }

    @Test
    void aQualityOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new JpegEncoder(0)).hasMessageContaining("1 to 100");
        assertThatThrownBy(() -> new JpegEncoder(101)).hasMessageContaining("101");
    }
}
