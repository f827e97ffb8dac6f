package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.vision.track.TrackList.Provenance;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TrackDelayTest {
    private final TrackDelay delay = new TrackDelay(/* maxHeldFrames= */ 10);
    private final List<Long> frames = new ArrayList<>();
    private final List<TrackList> lists = new ArrayList<>();

    @Example
    void aTrackSeenTwiceGoesStraightInBetween() {
        feed(1, true, list(7, 100));
        feed(2, false, list(7, 100));
        feed(3, false, list(7, 100));
        assertThat(frames).containsExactly(1L);
        feed(4, true, list(7, 130));
        assertThat(frames).containsExactly(1L, 2L, 3L, 4L);
        assertThat(lists.get(1).x1(0)).isCloseTo(110, within(1e-3f));
        assertThat(lists.get(2).x1(0)).isCloseTo(120, within(1e-3f));
        assertThat(lists.get(2).provenance(0)).isEqualTo(Provenance.INTERPOLATED);
    }

    @Example
    void aNewcomerBeginsHalfwayAndStartsOnce() {
        feed(1, true, new TrackList());
        feed(2, false, new TrackList());
        feed(3, false, new TrackList());
        TrackList found = list(7, 130);
        found.addStarted(7);
        feed(4, true, found);
        assertThat(lists.get(1).size()).isZero();
        assertThat(lists.get(2).size()).isEqualTo(1);
        assertThat(lists.get(2).started(0)).isEqualTo(7);
        assertThat(lists.get(3).startedSize()).isZero();
    }

    @Example
    void aTrackThatIsLostEndsHalfway() {
        feed(1, true, list(7, 100));
        feed(2, false, list(7, 100));
        feed(3, false, list(7, 100));
        feed(4, true, new TrackList());
        assertThat(lists.get(1).size()).isEqualTo(1);
        assertThat(lists.get(2).size()).isZero();
    }

    @Example
    void whatIsHeldTooLongGoesAsItIs() {
        feed(1, true, list(7, 100));
        for (int frame = 2; frame <= 12; frame++) {
            feed(frame, false, list(7, 100 + frame));
        }
        assertThat(frames).hasSize(12);
        feed(13, false, list(7, 113));
        assertThat(frames).hasSize(13);
        assertThat(lists.get(11).provenance(0)).isEqualTo(Provenance.PREDICTED);
    }

    @Example
    void aDelayOfNothingIsRefused() {
        assertThatThrownBy(() -> new TrackDelay(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 100)
    void everyFrameComesOutOnceInOrderAndTheInvariantsHold(
            @ForAll long seed,
            @ForAll @IntRange(max = 12) int objects,
            @ForAll @IntRange(min = 1, max = 6) int interval) {
        TestingScene scene = new TestingScene(seed, objects, /* frameCount= */ 60);
        SkipTracker tracker = new SkipTracker(SkipTrackerOptions.of(/* pixels= */ false, interval)
                .withMaxUnseenFrames(8)
                .withClassAgnostic(true));
        TrackDelay held = new TrackDelay(/* maxHeldFrames= */ 4);
        TrackList shown = new TrackList();
        List<Long> order = new ArrayList<>();
        Starts starts = new Starts();
        TrackDelay.Sink sink = (frame, list) -> {
            order.add(frame);
            starts.check(list);
        };
        for (int frame = 1; frame <= scene.frameCount(); frame++) {
            boolean key = TrackerContract.isKeyFrame(frame, interval);
            if (key) {
                tracker.update(frame, scene.detections(frame), shown);
            } else {
                tracker.coast(frame, shown);
            }
            held.accept(frame, key, shown, sink);
        }
        held.flush(sink);
        assertThat(order).hasSize(60).isSorted().doesNotHaveDuplicates();
    }

    /** A start before the first box, an end after the last, each once. */
    private static final class Starts {
        private final List<Long> started = new ArrayList<>();
        private final List<Long> ended = new ArrayList<>();

        void check(TrackList list) {
            for (int i = 0; i < list.startedSize(); i++) {
                assertThat(started).doesNotContain(list.started(i));
                started.add(list.started(i));
            }
            for (int i = 0; i < list.size(); i++) {
                assertThat(started).contains(list.id(i));
                assertThat(ended).doesNotContain(list.id(i));
                assertThat(i == 0 || list.id(i) > list.id(i - 1)).isTrue();
            }
            for (int i = 0; i < list.endedSize(); i++) {
                assertThat(ended).doesNotContain(list.ended(i));
                ended.add(list.ended(i));
            }
        }
    }

    private void feed(long frame, boolean key, TrackList list) {
        delay.accept(frame, key, list, (number, tracks) -> {
            frames.add(number);
            TrackList copy = new TrackList();
            copy.copyFrom(tracks);
            lists.add(copy);
        });
    }

    private static TrackList list(long id, float x) {
        TrackList list = new TrackList();
        list.add(
                id,
                x,
                50,
                x + 40,
                130,
                /* score= */ 0.9f,
                /* classId= */ 0,
                TrackList.State.CONFIRMED,
                Provenance.PREDICTED,
                /* ageFrames= */ 3,
                /* framesSinceDetected= */ 1,
                /* uncertainty= */ 1);
        return list;
    }
}
