package dev.framewise.toolkit.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SceneTest {
    @Test
    void whatNeverDiffersFromTheBackgroundIsNoObject() {
        Scene scene = TestingScenes.scene();

        assertThat(scene.boxes()).isEqualTo(80);
        // the walker passes the pole in a few frames, and its box then holds somebody who moves
        assertThat(scene.dropped()).isBetween(34, 40);
        assertThat(scene.frames().get(0).scores()).containsExactly(new float[] {1, 0}, within(1e-5f));
    }

    @Test
    void scoresAreSharpened() {
        assertThat(Scene.sharpened(0.1f)).isZero();
        assertThat(Scene.sharpened(0.4f)).isCloseTo(0.5f, within(1e-6f));
        assertThat(Scene.sharpened(0.7f)).isCloseTo(1, within(1e-6f));
        assertThat(Scene.sharpened(0.95f)).isEqualTo(1);
    }

    @Test
    void objectsAreCutOutAlongTheirOutline() {
        List<LabelledFrame> wide = TestingScenes.frames(40).stream()
                .map(frame -> new LabelledFrame(
                        frame.width(),
                        frame.height(),
                        frame.bgr(),
                        // a quarter wider than the walker on each side, as teachers' boxes are
                        new float[] {
                            frame.boxesXyxy()[0] - 4,
                            frame.boxesXyxy()[1],
                            frame.boxesXyxy()[2] + 4,
                            frame.boxesXyxy()[3]
                        },
                        new float[] {0.9f}))
                .toList();

        List<Cutout> cutouts = Cutout.of(Scene.clean("wall", wide), /* limit= */ 10);

        assertThat(cutouts).hasSize(10);
        Cutout cutout = cutouts.get(0);
        assertThat(cutout.width()).isEqualTo(TestingScenes.WALKER_WIDTH + 8);
        int middle = cutout.height() / 2 * cutout.width();
        assertThat(cutout.alpha()[middle]).isZero();
        assertThat(cutout.alpha()[middle + cutout.width() / 2] & 0xff).isEqualTo(255);
    }
}
