package dev.framewise.vision.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoxPainterTest {

    @Test
    void aBoxIsDrawnAlongItsEdgesAndNotInside() {
        try (BgrImage image = black()) {
            BoxPainter.paint(image, 20, 40, 60, 80, "", /* key= */ 1, /* bold= */ false);

            assertThat(isBlack(image, 20, 60)).isFalse();
            assertThat(isBlack(image, 60, 60)).isFalse();
            assertThat(isBlack(image, 40, 40)).isFalse();
            assertThat(isBlack(image, 40, 80)).isFalse();
            assertThat(isBlack(image, 40, 60)).isTrue();
            assertThat(isBlack(image, 10, 60)).isTrue();
        }
    }

    @Test
    void aBoxBeyondTheEdgeIsCutAndItsLabelStaysInside() {
        try (BgrImage image = black()) {
            BoxPainter.paint(image, -50, -50, 30, 30, "person 7", /* key= */ 2, /* bold= */ true);

            assertThat(isBlack(image, 30, 20)).isFalse();
            boolean labelled = false;
            for (int x = 0; x < 28; x++) {
                labelled |= !isBlack(image, x, 7);
            }
            assertThat(labelled).isTrue();
        }
    }

    private static BgrImage black() {
        BgrImage image = new BgrImage(100, 100);
        image.buffer().put(new byte[3 * 100 * 100]);
        return image;
    }

    private static boolean isBlack(BgrImage image, int x, int y) {
        int at = 3 * (y * 100 + x);
        return image.buffer().get(at) == 0
                && image.buffer().get(at + 1) == 0
                && image.buffer().get(at + 2) == 0;
    }
}
