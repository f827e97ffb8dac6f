package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** {@link SkipTracker} without pixels as a {@link Tracker}, and what it promises beyond. */
class SkipTrackerContractTest extends TrackerContract {
    @Override
    Tracker newTracker() {
        return new SkipTracker(SkipTrackerOptions.of(/* pixels= */ false, /* interval= */ 3)
                .withMaxUnseenFrames(12)
                .withClassAgnostic(true));
    }

    @Override
    void checkInside(Tracker tracker, boolean keyFrame) {
        TrackInvariants.checkInside((SkipTracker) tracker, keyFrame);
    }

    /** The wait of the tracker above is 12 frames, so that both sides of it are tried. */
    @Property(tries = 100)
    void aJumpIsTheSameAsCoastingThroughTheGap(
            @ForAll long seed, @ForAll @IntRange(max = 10) int objects, @ForAll @IntRange(max = 20) int missed) {
        TestingScene scene = new TestingScene(seed, objects, /* frameCount= */ 60);
        Tracker jumps = newTracker();
        Tracker coasts = newTracker();
        TrackList shown = new TrackList();
        for (int frame = 1; frame <= 20; frame++) {
            jumps.update(frame, scene.detections(frame), shown);
            coasts.update(frame, scene.detections(frame), shown);
        }
        for (int frame = 21; frame <= 20 + missed; frame++) {
            coasts.coast(frame, shown);
        }
        for (int frame = 21 + missed; frame <= scene.frameCount(); frame++) {
            jumps.update(frame, scene.detections(frame), shown);
            coasts.update(frame, scene.detections(frame), shown);
            assertThat(jumps.snapshot()).isEqualTo(coasts.snapshot());
        }
    }
}
