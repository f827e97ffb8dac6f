package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What pixels say about motion: single points, the camera, and what changed. */
class PixelMotionTest {
    private final TestingPictures scene = new TestingPictures();
    private final PointFlow flow = new PointFlow();

    @Test
    void aPointIsFoundToATenthOfAPixel() {
        scene.objectX = 60;
        scene.objectY = 40;
        FlowPyramid before = pyramid();
        scene.objectX = 62.4;
        scene.objectY = 38.7;
        FlowPyramid after = pyramid();
        assertThat(flow.find(before, after, 72, 60, 72, 60)).isTrue();
        assertThat(flow.x()).isCloseTo(74.4f, within(0.1f));
        assertThat(flow.y()).isCloseTo(58.7f, within(0.1f));
    }

    @Test
    void aGuessBridgesWhatTheWindowCannotReach() {
        scene.objectX = 20;
        scene.objectY = 40;
        FlowPyramid before = pyramid();
        scene.objectX = 80;
        FlowPyramid after = pyramid();
        assertThat(flow.find(before, after, 32, 60, /* guessX= */ 90, 60)).isTrue();
        assertThat(flow.x()).isCloseTo(92f, within(0.1f));
    }

    @Test
    void aFlatWindowSaysNothing() {
        HalfPicture grey = new HalfPicture();
        grey.reshape(100, 100);
        FlowPyramid flat = new FlowPyramid();
        flat.set(grey);
        assertThat(flow.find(flat, flat, 50, 50, 50, 50)).isFalse();
    }

    @Test
    void aPointFarOutsideIsNotLookedFor() {
        FlowPyramid picture = pyramid();
        assertThat(flow.find(picture, picture, -1e9f, Float.NaN, 5, 5)).isFalse();
        assertThat(flow.find(picture, picture, 50, 50, Float.POSITIVE_INFINITY, 5))
                .isFalse();
    }

    @Test
    void aTurnedCameraIsFoundAndAStillOneIsStill() {
        CameraMotion camera = new CameraMotion(flow);
        FlowPyramid before = pyramid();
        camera.estimate(before, pyramid(), new ArrayList<>());
        assertThat(camera.isMoving()).isFalse();
        assertThat(camera.moveX(40, 40)).isZero();
        scene.groundX = 3.2;
        camera.estimate(before, pyramid(), new ArrayList<>());
        assertThat(camera.isMoving()).isTrue();
        assertThat(camera.moveX(40, 40)).isCloseTo(-3.2, within(0.1));
        assertThat(camera.moveY(40, 40)).isCloseTo(0, within(0.1));
        assertThat(camera.zoom()).isCloseTo(1, within(0.01));
    }

    @Test
    void somebodyWhoWalksIsNoCamera() {
        CameraMotion camera = new CameraMotion(flow);
        scene.objectX = 60;
        scene.objectY = 40;
        FlowPyramid before = pyramid();
        scene.objectX = 64;
        camera.estimate(before, pyramid(), new ArrayList<>());
        assertThat(camera.isMoving()).isFalse();
    }

    @Test
    void changeIsWhatMovesWhereNoTrackIs() {
        ChangeSignal signal = new ChangeSignal();
        FlowPyramid empty = pyramid();
        signal.measure(empty, pyramid(), new ArrayList<>());
        assertThat(signal.change()).isZero();
        scene.objectX = 60;
        scene.objectY = 40;
        FlowPyramid entered = pyramid();
        signal.measure(empty, entered, new ArrayList<>());
        assertThat(signal.change()).isGreaterThanOrEqualTo(0.5);
        assertThat(signal.sceneChanged()).isFalse();

        SkipTrack track = new SkipTrack();
        track.seenAtKey = true;
        track.shownX = 2 * 72;
        track.shownY = 2 * 60;
        track.motion[BoxMotion.WIDTH] = 48;
        track.motion[BoxMotion.HEIGHT] = 80;
        signal.measure(empty, entered, new ArrayList<>(List.of(track)));
        assertThat(signal.change()).as("its own track explains it").isZero();
    }

    @Test
    void anotherSceneIsToldFromSomebodyWhoEnters() {
        ChangeSignal signal = new ChangeSignal();
        FlowPyramid before = pyramid();
        scene.groundX = 77;
        signal.measure(before, pyramid(), new ArrayList<>());
        assertThat(signal.sceneChanged()).isTrue();
    }

    private FlowPyramid pyramid() {
        FlowPyramid pyramid = new FlowPyramid();
        pyramid.set(scene.picture());
        return pyramid;
    }
}
