package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.vision.detect.Detections;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What every {@link Tracker} owes its callers. */
abstract class TrackerContract {
    abstract Tracker newTracker();

    /** For the parts of an implementation that cannot be seen from outside. */
    void checkInside(Tracker tracker, boolean keyFrame) {}

    @Property(tries = 200)
    void invariantsHoldInEveryFrame(
            @ForAll long seed,
            @ForAll @IntRange(max = 15) int objects,
            @ForAll @IntRange(min = 1, max = 6) int interval) {
        TestingScene scene = new TestingScene(seed, objects, /* frameCount= */ 90);
        Tracker tracker = newTracker();
        TrackInvariants invariants = new TrackInvariants();
        TrackList shown = new TrackList();
        for (int frame = 1; frame <= scene.frameCount(); frame++) {
            step(tracker, scene, frame, interval, shown);
            invariants.check(frame, shown);
            checkInside(tracker, isKeyFrame(frame, interval));
        }
        shown.clear();
        tracker.close(shown);
        invariants.checkClosed(shown);
    }

    @Property(tries = 30)
    void aRestoredTrackerContinuesBitForBitFromEveryCut(
            @ForAll long seed,
            @ForAll @IntRange(max = 10) int objects,
            @ForAll @IntRange(min = 1, max = 4) int interval) {
        TestingScene scene = new TestingScene(seed, objects, /* frameCount= */ 24);
        for (int cut = 1; cut <= scene.frameCount(); cut++) {
            Tracker undisturbed = newTracker();
            Tracker restored = newTracker();
            TrackList expected = new TrackList();
            TrackList actual = new TrackList();
            // a tracker with a past of its own: nothing of it may be left
            step(restored, new TestingScene(seed + 1, /* objects= */ 5, /* frameCount= */ 1), 1, 1, actual);
            for (int frame = 1; frame <= scene.frameCount(); frame++) {
                step(undisturbed, scene, frame, interval, expected);
                if (frame == cut) {
                    restored.restore(undisturbed.snapshot());
                }
                if (frame > cut) {
                    step(restored, scene, frame, interval, actual);
                    assertThat(TestingTracks.text(actual)).isEqualTo(TestingTracks.text(expected));
                }
            }
            assertThat(restored.snapshot()).isEqualTo(undisturbed.snapshot());
        }
    }

    @Property(tries = 50)
    void detectionsThatAreNoneChangeNothing(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int objects) {
        TestingScene scene = new TestingScene(seed, objects, /* frameCount= */ 30);
        Tracker clean = newTracker();
        Tracker littered = newTracker();
        TrackList expected = new TrackList();
        TrackList actual = new TrackList();
        for (int frame = 1; frame <= scene.frameCount(); frame++) {
            clean.update(frame, scene.detections(frame), expected);
            littered.update(frame, withLitter(scene.detections(frame)), actual);
            assertThat(TestingTracks.text(actual)).isEqualTo(TestingTracks.text(expected));
        }
    }

    /** A model that has lost its mind, or a stadium: a thousand objects and more, a third of the boxes none. */
    @Property(tries = 4)
    void invariantsHoldWithThousandsOfBoxesOfWhichManyAreNone(
            @ForAll long seed,
            @ForAll @IntRange(min = 1_000, max = 2_000) int objects,
            @ForAll @IntRange(min = 1, max = 3) int interval) {
        TestingScene scene = new TestingScene(seed, objects, /* frameCount= */ 7);
        Tracker tracker = newTracker();
        TrackInvariants invariants = new TrackInvariants();
        TrackList shown = new TrackList();
        Random random = new Random(seed);
        long refused = 0;
        for (int frame = 1; frame <= scene.frameCount(); frame++) {
            if (isKeyFrame(frame, interval)) {
                Detections littered = new Detections();
                Detections clean = scene.detections(frame);
                for (int i = 0; i < clean.size(); i++) {
                    littered.add(clean.x1(i), clean.y1(i), clean.x2(i), clean.y2(i), clean.score(i), clean.classId(i));
                    if (i % 2 == 0) {
                        refused++;
                        addNone(littered, random);
                    }
                }
                tracker.update(frame, littered, shown);
            } else {
                tracker.coast(frame, shown);
            }
            invariants.check(frame, shown);
            checkInside(tracker, isKeyFrame(frame, interval));
        }
        assertThat(tracker.rejectedDetections()).isEqualTo(refused);
        shown.clear();
        tracker.close(shown);
        invariants.checkClosed(shown);
    }

    private static void addNone(Detections to, Random random) {
        float[] box = {random.nextInt(400), random.nextInt(300), 0, 0};
        box[2] = box[0] + 1 + random.nextInt(50);
        box[3] = box[1] + 1 + random.nextInt(50);
        float score = random.nextFloat();
        switch (random.nextInt(4)) {
            case 0 -> box[random.nextInt(4)] = Float.NaN;
            case 1 -> box[random.nextInt(4)] = random.nextBoolean() ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
            case 2 -> box[2 + random.nextInt(2)] = -10 - random.nextInt(1_000);
            default -> score = random.nextBoolean() ? Float.NaN : 1.001f + random.nextFloat();
        }
        to.add(box[0], box[1], box[2], box[3], score, /* classId= */ 0);
    }

    @Test
    void aFrameIsNotTakenTwiceNorOutOfOrder() {
        Tracker tracker = newTracker();
        TrackList shown = new TrackList();
        tracker.update(5, new Detections(), shown);
        assertThatThrownBy(() -> tracker.update(5, new Detections(), shown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("frame 5 is not after frame 5");
        assertThatThrownBy(() -> tracker.coast(4, shown)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theIdsOfAClosedTrackerAreNotUsedAgain() {
        Tracker tracker = newTracker();
        TrackList shown = new TrackList();
        tracker.update(1, oneObject(), shown);
        long first = shown.id(0);
        tracker.close(shown);
        tracker.update(1, oneObject(), shown);
        assertThat(shown.id(0)).isGreaterThan(first);
    }

    @Test
    void aSnapshotCutShortOrWithMoreBehindItsEndIsRefusedAndChangesNothing() {
        Tracker tracker = newTracker();
        TrackList shown = new TrackList();
        TestingScene scene = new TestingScene(/* seed= */ 7, /* objects= */ 4, /* frameCount= */ 12);
        for (int frame = 1; frame <= scene.frameCount(); frame++) {
            step(tracker, scene, frame, /* interval= */ 1, shown);
        }
        byte[] whole = tracker.snapshot();
        Tracker other = newTracker();
        other.update(1, oneObject(), shown);
        byte[] before = other.snapshot();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> other.restore(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> other.restore(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(other.snapshot()).isEqualTo(before);
    }

    static boolean isKeyFrame(int frame, int interval) {
        return (frame - 1) % interval == 0;
    }

    private static void step(Tracker tracker, TestingScene scene, int frame, int interval, TrackList shown) {
        if (isKeyFrame(frame, interval)) {
            tracker.update(frame, scene.detections(frame), shown);
        } else {
            tracker.coast(frame, shown);
        }
    }

    private static Detections oneObject() {
        Detections detections = new Detections();
        detections.add(10, 10, 50, 90, /* score= */ 0.9f, /* classId= */ 0);
        return detections;
    }

    private static Detections withLitter(Detections clean) {
        float nan = Float.NaN;
        float infinity = Float.POSITIVE_INFINITY;
        Detections littered = new Detections();
        littered.add(nan, 0, 10, 10, 0.9f, 0);
        littered.add(0, 0, infinity, 10, 0.9f, 0);
        littered.add(-infinity, 0, infinity, 10, 0.9f, 0);
        littered.add(infinity, 0, infinity, 10, 0.9f, 0);
        littered.add(-Float.MAX_VALUE, 0, Float.MAX_VALUE, 10, 0.9f, 0);
        littered.add(10, 0, 5, 10, 0.9f, 0);
        for (int i = 0; i < clean.size(); i++) {
            littered.add(clean.x1(i), clean.y1(i), clean.x2(i), clean.y2(i), clean.score(i), clean.classId(i));
        }
        littered.add(0, 10, 10, 10, 0.9f, 0);
        littered.add(0, 0, 10, 10, nan, 0);
        littered.add(0, 0, 10, 10, 1.5f, 0);
        littered.add(0, 0, 10, 10, -0.1f, 0);
        return littered;
    }
}
