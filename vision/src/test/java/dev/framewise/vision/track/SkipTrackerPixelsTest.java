package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.TrackList.Provenance;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** {@link SkipTracker} with pictures: an object that walks over a textured ground, looked at in one of four frames. */
class SkipTrackerPixelsTest {
    private static final SkipTrackerOptions OPTIONS =
            SkipTrackerOptions.of(/* pixels= */ true, /* interval= */ 4).withWatchesChange(true);

    private final TestingPictures scene = new TestingPictures();
    private final SkipTracker tracker = new SkipTracker(OPTIONS);
    private final TrackList shown = new TrackList();
    private final TrackedFrame frame = new TrackedFrame();
    private int reads;

    @Test
    void aNewbornTrackIsCarriedByItsPixels() {
        update(1, /* x= */ 40);
        for (int number = 2; number <= 4; number++) {
            coast(number, 40 + 3 * (number - 1));
            assertThat(shown.provenance(0)).isEqualTo(Provenance.FLOW);
            assertThat(shown.x1(0)).isCloseTo(2 * (40 + 3 * (number - 1)), within(4f));
        }
        assertThat(tracker.signals().flowFailures()).isZero();
        assertThat(tracker.signals().motion()).isGreaterThan(0.02f);
    }

    @Test
    void withoutReadablePixelsItMovesOnByItself() {
        update(1, 40);
        frame.set(2, TrackedFrame.NO_TIME, into -> false);
        tracker.coast(frame, shown);
        assertThat(shown.provenance(0)).isEqualTo(Provenance.PREDICTED);
        coast(3, 43);
        assertThat(shown.provenance(0)).as("pictures two frames apart").isEqualTo(Provenance.FLOW);
        assertThat(shown.x1(0)).isCloseTo(86, within(3f));
    }

    @Test
    void aCameraThatTurnsTakesTheTracksAlong() {
        update(1, 40);
        scene.groundX = 4;
        coast(2, 36);
        assertThat(shown.x1(0)).isCloseTo(72, within(2f));
        SkipTrack track = tracker.tracks().get(0);
        assertThat(track.motion[BoxMotion.VELOCITY]).as("it did not walk").isCloseTo(0, within(0.5));
    }

    @Test
    void aRestoredTrackerContinuesBitForBitFromTheLastPicture() {
        for (int cut = 1; cut <= 12; cut++) {
            SkipTracker undisturbed = new SkipTracker(OPTIONS);
            SkipTracker restored = new SkipTracker(OPTIONS);
            TrackList expected = new TrackList();
            TrackList actual = new TrackList();
            for (int number = 1; number <= 12; number++) {
                step(undisturbed, number, expected);
                if (number == cut) {
                    restored.restore(undisturbed.snapshot());
                    assertThat(restored.wantsPreviousPixels()).isEqualTo(undisturbed.wantsPreviousPixels());
                    assertThat(restored.snapshot()).as("before it is primed").isEqualTo(undisturbed.snapshot());
                    restored.prime(scene::drawn);
                    assertThat(restored.signals().change())
                            .isEqualTo(undisturbed.signals().change());
                } else if (number > cut) {
                    step(restored, number, actual);
                    assertThat(TestingTracks.text(actual)).isEqualTo(TestingTracks.text(expected));
                }
            }
            assertThat(restored.snapshot()).isEqualTo(undisturbed.snapshot());
        }
    }

    @Test
    void withoutWatchingAnEmptySceneIsNotDecoded() {
        SkipTracker careless = new SkipTracker(OPTIONS.withWatchesChange(false));
        careless.update(at(1, Double.NaN), new Detections(), shown);
        careless.coast(at(2, Double.NaN), shown);
        assertThat(reads).isZero();
        tracker.coast(at(1, Double.NaN), shown);
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void aFrameAllocatesNothingOnceWarm() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Detections detections = new Detections();
        detections.add(80, 80, 128, 160, /* score= */ 0.9f, /* classId= */ 0);
        scene.objectX = 40;
        scene.objectY = 40;
        HalfPicture picture = scene.picture();
        PixelSource source = into -> {
            into.copyFrom(picture);
            return true;
        };
        long bytes = Long.MAX_VALUE;
        int number = 0;
        // the compiler may allocate in this thread's name while it warms up: the least of several rounds counts
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100; i++) {
                frame.set(++number, TrackedFrame.NO_TIME, source);
                if (number % 4 == 1) {
                    tracker.update(frame, detections, shown);
                } else {
                    tracker.coast(frame, shown);
                }
            }
            bytes = Math.min(bytes, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(bytes).isZero();
    }

    private void step(SkipTracker any, int number, TrackList out) {
        double x = 40 + 2.5 * number;
        if (number % 4 == 1) {
            any.update(at(number, x), detection(x), out);
        } else {
            any.coast(at(number, x), out);
        }
    }

    private void update(int number, double x) {
        tracker.update(at(number, x), detection(x), shown);
        assertThat(shown.size()).isEqualTo(1);
    }

    private void coast(int number, double x) {
        tracker.coast(at(number, x), shown);
        assertThat(shown.size()).isEqualTo(1);
    }

    private TrackedFrame at(int number, double x) {
        scene.objectX = x;
        scene.objectY = 40;
        return frame.set(number, TrackedFrame.NO_TIME, into -> {
            reads++;
            return scene.drawn(into);
        });
    }

    private static Detections detection(double x) {
        Detections detections = new Detections();
        detections.add((float) (2 * x), 80, (float) (2 * x + 48), 160, /* score= */ 0.9f, /* classId= */ 0);
        return detections;
    }
}
