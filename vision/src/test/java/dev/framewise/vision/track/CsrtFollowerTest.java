package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.SkipTrackerOptions.Pixels;
import dev.framewise.vision.track.TrackList.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class CsrtFollowerTest {
    private static final SkipTrackerOptions OPTIONS =
            SkipTrackerOptions.of(/* pixels= */ true, /* interval= */ 4).withPixels(Pixels.CSRT);

    private final TestingPictures scene = new TestingPictures();
    private final TrackedFrame frame = new TrackedFrame();
    private final TrackList shown = new TrackList();

    private static void assumeItLoads() {
        Optional<String> problem = CsrtFollower.problem();
        if (problem.isPresent()) {
            System.out.println("[WARNING] NOT TESTED: " + problem.get());
            Assumptions.abort(problem.get());
        }
    }

    @Test
    void nativeMemoryGoesWithTheTrackAtARestoreAndAtRelease() {
        assumeItLoads();
        SkipTracker tracker = new SkipTracker(OPTIONS.withMaxUnseenFrames(3));
        update(tracker, 1, /* x= */ 40);
        assertThat(tracker.held()).isEqualTo(1);
        for (int number = 2; number <= 5; number++) {
            coast(tracker, number, 40);
        }
        assertThat(shown.ended(0)).as("the track ended without a key frame").isEqualTo(1);
        assertThat(tracker.held()).isZero();

        update(tracker, 6, /* x= */ 40);
        assertThat(tracker.held()).isEqualTo(1);
        tracker.restore(tracker.snapshot());
        assertThat(tracker.held())
                .as("what a filter has learned is in no snapshot")
                .isZero();

        update(tracker, 7, /* x= */ 40);
        assertThat(tracker.held()).isEqualTo(1);
        tracker.release();
        assertThat(tracker.held()).isZero();
        coast(tracker, 8, 43);
        assertThat(shown.provenance(0)).as("it goes on, by motion").isEqualTo(Provenance.PREDICTED);
        update(tracker, 9, /* x= */ 46);
        coast(tracker, 10, 49);
        assertThat(shown.provenance(0)).isEqualTo(Provenance.FLOW);
        tracker.close(shown);
        assertThat(tracker.held()).isZero();
    }

    @Test
    void anObjectIsFollowedFromTheKeyFrameOn() {
        assumeItLoads();
        SkipTracker tracker = new SkipTracker(OPTIONS);
        update(tracker, 1, /* x= */ 40);
        for (int number = 2; number <= 4; number++) {
            int x = 40 + 3 * (number - 1);
            coast(tracker, number, x);
            assertThat(shown.provenance(0)).isEqualTo(Provenance.FLOW);
            assertThat(shown.x1(0)).isCloseTo(2 * x, within(5f));
        }
        // What the filter has learned is in no snapshot.
        SkipTracker restored = new SkipTracker(OPTIONS);
        restored.restore(tracker.snapshot());
        restored.prime(scene::drawn);
        coast(restored, 5, 52);
        assertThat(shown.provenance(0)).isEqualTo(Provenance.PREDICTED);
        update(restored, 6, 55);
        coast(restored, 7, 58);
        assertThat(shown.provenance(0)).isEqualTo(Provenance.FLOW);
    }

    @Test
    void whereItsLibraryDoesNotLoadFlowFollowsAndTheReasonSaysWhatToInstall() {
        Optional<String> problem = CsrtFollower.problem(() -> {
            throw new UnsatisfiedLinkError("libgtk-x11-2.0.so.0: cannot open shared object file");
        });
        assertThat(problem.orElseThrow()).contains("libgtk-x11-2.0.so.0").contains("install libgtk2.0-0");
        List<String> warnings = new ArrayList<>();
        assertThat(PixelUse.available(Pixels.CSRT, () -> problem, warnings::add))
                .isEqualTo(Pixels.FLOW);
        assertThat(warnings).singleElement().asString().contains("libgtk2.0-0").contains("by flow instead");
        assertThat(PixelUse.available(Pixels.CSRT, Optional::empty, warnings::add))
                .isEqualTo(Pixels.CSRT);
        assertThat(PixelUse.available(Pixels.COLOUR, () -> problem, warnings::add))
                .isEqualTo(Pixels.COLOUR);
        assertThat(warnings).hasSize(1);
    }

    private void update(SkipTracker tracker, int number, int x) {
        place(number, x);
        Detections detections = new Detections();
        detections.add(2 * x, 80, 2 * x + 48, 160, /* score= */ 0.9f, /* classId= */ 0);
        tracker.update(frame, detections, shown);
    }

    private void coast(SkipTracker tracker, int number, int x) {
        place(number, x);
        tracker.coast(frame, shown);
    }

    private void place(int number, int x) {
        scene.objectX = x;
        scene.objectY = 40;
        frame.set(number, TrackedFrame.NO_TIME, scene::drawn);
    }
}
