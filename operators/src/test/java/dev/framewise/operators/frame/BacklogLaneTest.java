package dev.framewise.operators.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Fate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** An outage as admission sees it. Ten frames a second, a second of patience, thirty of silence. */
class BacklogLaneTest {
    private static final Comparator<FrameRecord> ORDER = Comparator.<FrameRecord>comparingLong(
                    record -> record.bootEpoch)
            .thenComparingLong(record -> record.sequence);

    private final FrameOrder order =
            new FrameOrder(new FrameAdmission(), Duration.ofSeconds(1), Duration.ofSeconds(30));
    private final CameraPosition position = new CameraPosition();
    private final TestingWaiting waiting = new TestingWaiting();
    private final List<FrameTask> out = new ArrayList<>();
    private MissingFrames missing = new MissingFrames();

    @Test
    void whatWasMissingIsFollowedApartUntilItHasCaughtUp() {
        outage();
        replay(1, 50, 51);
        assertThat(followed(Lane.BACKLOG)).containsExactly("1/50", "1/51");
        live(1, 121);
        assertThat(ends()).isZero();
        for (long sequence = 52; sequence < 100; sequence++) {
            replay(1, sequence);
        }
        assertThat(ends()).isEqualTo(1);
        assertThat(out).last().satisfies(task -> assertThat(task.endsLane).isTrue());
        assertThat(captured()).isEqualTo(122);
        assertThat(out.stream().filter(task -> !task.endsLane)).hasSize(122).allSatisfy(task -> assertThat(task.fate)
                .isNull());
    }

    @Test
    void aSecondCopyIsADuplicateWhetherTheFirstCameLiveOrNot() {
        outage();
        replay(1, 60, 60, 30);
        assertThat(fates("1/60")).containsExactly(null, Fate.DUPLICATE);
        assertThat(fates("1/30")).containsExactly(null, Fate.DUPLICATE);
    }

    @Test
    void whatDidNotWaitOnADiskStaysLate() {
        outage();
        live(1, 60);
        replay(1, 60);
        assertThat(fates("1/60")).containsExactly(Fate.LATE, Fate.DUPLICATE);
        assertThat(ends()).isZero();
    }

    @Test
    void theLaneNeverGoesBack() {
        outage();
        replay(1, 60, 59);
        assertThat(fates("1/59")).containsExactly(Fate.LATE);
        for (long sequence = 61; sequence < 100; sequence++) {
            replay(1, sequence);
        }
        replay(1, 58);
        assertThat(fates("1/58")).containsExactly(Fate.LATE);
        assertThat(ends()).isEqualTo(1);
    }

    @Test
    void whatIsMissingButYoungStillFillsTheGapInTheLiveLane() {
        live(1, 0, 2, 3);
        replay(1, 1);
        assertThat(followed(Lane.LIVE)).containsExactly("1/0", "1/1", "1/2", "1/3");
        assertThat(followed(Lane.BACKLOG)).isEmpty();
    }

    /** Else a timer would let it go, for its time is long past: at one watermark in this run, at another in the next. */
    @Test
    void whatWaitedOnADiskWaitsNoLonger() {
        live(1, 0);
        replay(1, 3, 1, 2, 4);
        assertThat(position.waiting).isZero();
        assertThat(followed(Lane.LIVE)).containsExactly("1/0", "1/3", "1/4");
        assertThat(followed(Lane.BACKLOG)).containsExactly("1/1", "1/2");
        assertThat(ends()).isEqualTo(1);
    }

    /** An evicted frame of a second outage comes before the rows of the first. */
    @Test
    void whatWaitedOnADiskOvertakesNoLiveFrameThatWaits() {
        live(1, 0, 5);
        replay(1, 7, 1);
        assertThat(followed(Lane.LIVE)).containsExactly("1/0", "1/5", "1/7");
        assertThat(followed(Lane.BACKLOG)).containsExactly("1/1");
    }

    @Test
    void theEndOfAnEpochAndOneThatWasNeverSeenAreFollowedInTheirOrder() {
        live(1, 0, 1);
        live(3, 0, 1);
        replay(1, 2, 3);
        replay(2, 0, 1, 2);
        assertThat(followed(Lane.BACKLOG)).containsExactly("1/2", "1/3", "2/0", "2/1", "2/2");
        assertThat(out.stream().filter(task -> task.rebooted).map(BacklogLaneTest::place))
                .containsExactly("3/0", "2/0");
        assertThat(captured()).isEqualTo(9);
    }

    @Test
    void whatWasEvictedHasItsFateAndClosesTheGap() {
        outage();
        FrameRecord evicted = TestingFrames.unsent("yard", 99, Disposition.EVICTED);
        evicted.replayed = true;
        accept(evicted);
        for (long sequence = 50; sequence < 99; sequence++) {
            replay(1, sequence);
        }
        assertThat(fates("1/99")).containsExactly(Fate.EVICTED);
        assertThat(ends()).isEqualTo(1);
    }

    /** The live frames' clock, not event time: it stands in the records. */
    @Test
    void aLaneThatFallsSilentWhileLiveFramesGoOnEnds() {
        outage();
        replay(1, 50);
        for (long sequence = 121; sequence < 420; sequence++) {
            live(1, sequence);
        }
        assertThat(ends()).isZero();
        live(1, 420, 421);
        assertThat(ends()).isEqualTo(1);
        replay(1, 51);
        assertThat(followed(Lane.BACKLOG)).containsExactly("1/50", "1/51");
        assertThat(position.backlogOpen).isTrue();
    }

    @Test
    void aJobThatJoinsInTheMiddleCountsWhatWasBeforeWhenItComes() {
        live(2, 10);
        replay(1, 7, 9);
        replay(2, 3);
        assertThat(captured()).isEqualTo(4);
        assertThat(followed(Lane.BACKLOG)).containsExactly("1/7", "1/9", "2/3");
    }

    @Test
    void whatIsTooMuchToRememberIsLate() {
        live(1, 0);
        for (long sequence = 2; sequence < 2L * MissingFrames.MAX_GAPS + 8; sequence += 2) {
            live(1, sequence);
            order.expire(position, waiting, () -> missing, out::add);
        }
        replay(1, 1);
        replay(1, 2L * MissingFrames.MAX_GAPS + 5);
        assertThat(fates("1/1")).containsExactly(Fate.LATE);
        assertThat(fates("1/" + (2 * MissingFrames.MAX_GAPS + 5))).containsExactly((Fate) null);
        for (long epoch = 2; epoch < MissingFrames.MAX_EPOCHS + 4; epoch++) {
            live(epoch, 0);
        }
        replay(2, 1);
        replay(MissingFrames.MAX_EPOCHS, 1);
        assertThat(fates("2/1")).containsExactly(Fate.LATE);
        assertThat(fates(MissingFrames.MAX_EPOCHS + "/1")).containsExactly((Fate) null);
    }

    /**
     * Links that come and go, restarts, a store that evicts, replays that come twice, a checkpoint at any place: every sequence has one
     * fate, is followed at most once, each lane ascends, and the sums hold.
     */
    @Property(tries = 300)
    void whateverHappensEverySequenceHasOneFateAndEachLaneItsOrder(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 40) int missedByTheJob) throws IOException {
        List<FrameRecord> records = new Outages(new Random(seed)).records();
        BacklogLaneTest fresh = new BacklogLaneTest();
        List<FrameRecord> seen = records.subList(Math.min(missedByTheJob, records.size() - 1), records.size());
        int count = 0;
        for (FrameRecord record : seen) {
            fresh.accept(record);
            if (++count % 7 == 0) {
                fresh.missing = MissingFramesSerializer.INSTANCE.copy(fresh.missing);
            }
        }
        while (fresh.position.waiting > 0) {
            fresh.order.expire(fresh.position, fresh.waiting, () -> fresh.missing, fresh.out::add);
        }
        List<FrameTask> frames =
                fresh.out.stream().filter(task -> !task.endsLane).toList();
        assertThat(frames).as("a fate per record").hasSize(seen.size());
        Set<String> sequences = new HashSet<>();
        seen.forEach(record -> sequences.add(record.bootEpoch + "/" + record.sequence));
        assertThat(frames.stream().filter(task -> task.fate != Fate.DUPLICATE).map(BacklogLaneTest::place))
                .as("one fate per sequence")
                .containsExactlyInAnyOrderElementsOf(sequences);
        if (seen.size() == records.size()) {
            assertThat(frames).extracting(task -> task.fate).doesNotContain(Fate.LATE);
            assertThat(fresh.captured()).isEqualTo(sequences.size());
            assertThat(fresh.position.backlogOpen && fresh.position.backlogEpoch == fresh.position.bootEpoch)
                    .as("the lane has caught up and is still open")
                    .isFalse();
        }
        for (Lane lane : Lane.values()) {
            assertThat(frames.stream()
                            .filter(task -> task.fate == null && task.lane == lane)
                            .map(task -> task.record))
                    .as("%s", lane)
                    .isSortedAccordingTo(ORDER);
        }
    }

    /** A camera behind a link that comes and goes. */
    private static final class Outages {
        private final Random random;
        private final List<FrameRecord> sent = new ArrayList<>();
        private final List<FrameRecord> stored = new ArrayList<>();
        private final List<FrameRecord> evicted = new ArrayList<>();
        private boolean online = true;

        Outages(Random random) {
            this.random = random;
        }

        List<FrameRecord> records() {
            long micros = 0;
            int epochs = 1 + random.nextInt(4);
            for (int epoch = 1; epoch <= epochs; epoch++) {
                int frames = 20 + random.nextInt(150);
                for (long sequence = 0; sequence < frames; sequence++) {
                    micros += 100_000;
                    boolean last = epoch == epochs && sequence > frames - 4;
                    online = last || (random.nextInt(15) == 0) != online;
                    capture(epoch, sequence, micros);
                    if (online) {
                        drain(random.nextInt(4));
                    }
                }
                // a restart
                online &= random.nextBoolean();
            }
            drain(Integer.MAX_VALUE);
            return sent;
        }

        private void capture(long epoch, long sequence, long micros) {
            FrameRecord record = TestingFrames.replayed("yard", epoch, sequence);
            record.capturedAtMicros = micros;
            record.replayed = !online;
            if (online) {
                sent.add(record);
            } else if (random.nextInt(5) == 0) {
                record.disposition = Disposition.EVICTED;
                evicted.add(record);
            } else {
                stored.add(record);
            }
        }

        /** Rows and evicted ones side by side, each oldest first; some come twice. */
        private void drain(int most) {
            for (int i = 0; i < most && stored.size() + evicted.size() > 0; i++) {
                boolean row = evicted.isEmpty() || (!stored.isEmpty() && random.nextBoolean());
                sent.add((row ? stored : evicted).remove(0));
                if (random.nextInt(8) == 0) {
                    FrameRecord again = sent.get(random.nextInt(sent.size()));
                    FrameRecord copy = TestingFrames.replayed("yard", again.bootEpoch, again.sequence);
                    copy.capturedAtMicros = again.capturedAtMicros;
                    sent.add(copy);
                }
            }
        }
    }

    /** Seen live: 0 to 49 and 100 to 120. */
    private void outage() {
        for (long sequence = 0; sequence <= 120; sequence++) {
            if (sequence < 50 || sequence >= 100) {
                live(1, sequence);
            }
        }
        assertThat(position.waiting).isZero();
    }

    private void live(long epoch, long... sequences) {
        for (long sequence : sequences) {
            FrameRecord record = TestingFrames.replayed("yard", epoch, sequence);
            record.replayed = false;
            accept(record);
        }
    }

    private void replay(long epoch, long... sequences) {
        for (long sequence : sequences) {
            accept(TestingFrames.replayed("yard", epoch, sequence));
        }
    }

    private void accept(FrameRecord record) {
        order.accept(record, position, waiting, () -> missing, out::add);
    }

    private List<String> followed(Lane lane) {
        return out.stream()
                .filter(task -> task.fate == null && task.lane == lane && !task.endsLane)
                .map(BacklogLaneTest::place)
                .toList();
    }

    private List<Fate> fates(String place) {
        List<Fate> fates = new ArrayList<>();
        out.stream().filter(task -> !task.endsLane && place(task).equals(place)).forEach(task -> fates.add(task.fate));
        return fates;
    }

    private long ends() {
        return out.stream().filter(task -> task.endsLane).count();
    }

    private long captured() {
        return out.stream().mapToLong(task -> task.newlyCaptured).sum();
    }

    private static String place(FrameTask task) {
        return task.record.bootEpoch + "/" + task.record.sequence;
    }
}
