package dev.framewise.e2e.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.framewise.local.kafka.EmbeddedKafka;
import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.Lane;
import dev.framewise.schemas.CaptureCounts;
import dev.framewise.schemas.CaptureWindow;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten minutes without a broker at two cameras of 15 pictures a second, at speed: as many pictures as that, from the real program in a
 * process of its own that is killed twice meanwhile.
 */
class OutageIT {
    private static final long AWAY = 10 * 60 * 2 * 15;
    private static final double LATENCY_LIMIT = 1.5;
    /**
     * At speed, a thousand replays a second share the cores with the broker and with this test, which on a small machine costs live
     * frames some milliseconds that are not the gateway's. At the rates of real cameras: {@code bench gateway}.
     */
    private static final double AT_SPEED_MILLIS = 10;

    /** A machine that does something else for a while spoils any figure; a backlog that is in the way spoils every one. */
    private static final int ATTEMPTS = 10;

    /** Live pictures in a percentile. */
    private static final int SAMPLES = 1_200;

    private static final int LIVE_FPS = 75;

    @TempDir
    Path directory;

    private EmbeddedKafka kafka;

    @AfterEach
    void closeKafka() {
        kafka.close();
    }

    @Test
    void everyNumberIsAccountedForInOrderAndNoLiveFrameWaitsForTheBacklog() throws Exception {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        kafka.createTopics(/* partitions= */ 2);
        double awayMillis;
        try (GatewayUnderTest first = gateway(6 * LIVE_FPS)) {
            until(() -> Topics.count(kafka.bootstrapServers(), Topic.FRAMES) > 500);
            kafka.close();
            awayMillis = (double) System.currentTimeMillis();
            until(() -> first.waiting() >= AWAY / 2);
            first.kill();
        }
        try (GatewayUnderTest second = gateway(12 * LIVE_FPS)) {
            until(() -> second.waiting() >= AWAY - 300);
            second.kill();
        }
        try (GatewayUnderTest third = gateway(LIVE_FPS)) {
            until(() -> third.waiting() >= AWAY + 300);
            double backMillis = (double) System.currentTimeMillis();
            boolean undisturbed = drainDisturbsNobody(third);
            for (int attempt = 1; attempt < ATTEMPTS && !undisturbed; attempt++) {
                kafka.close();
                until(() -> third.waiting() >= 2 * SAMPLES);
                undisturbed = drainDisturbsNobody(third);
            }
            assertThat(undisturbed)
                    .as(
                            "live p99 while the backlog drains is within %s times normal; see what was printed",
                            LATENCY_LIMIT)
                    .isTrue();
            until(() -> closedRuns() == 4);
            third.stop();

            List<Arrived> arrived = Arrived.all(kafka.bootstrapServers());
            assertThat(arrived.stream()
                            .filter(frame ->
                                    frame.capturedMillis() >= awayMillis && frame.capturedMillis() < backMillis)
                            .map(frame -> frame.run() + " " + frame.frame().getSequence())
                            .distinct()
                            .count())
                    .as("pictures captured while the broker was away")
                    .isGreaterThanOrEqualTo(AWAY);
            everyNumberIsThere(arrived);
            theJobSeesThemInOrder(arrived);
        }
    }

    private GatewayUnderTest gateway(int framesPerSecond) throws Exception {
        return GatewayUnderTest.start(directory, kafka.bootstrapServers(), framesPerSecond);
    }

    /** Kafka is back: live p99 until the store is empty, and of as many pictures as matter afterwards. */
    private boolean drainDisturbsNobody(GatewayUnderTest gateway) throws Exception {
        kafka = kafka.again();
        until(gateway::hasKafka);
        double backMillis = (double) System.currentTimeMillis();
        until(() -> gateway.waiting() == 0);
        double drainedMillis = (double) System.currentTimeMillis();
        // watched as before, so that watching costs the same
        long then = gateway.captured();
        until(() -> gateway.captured() >= then + SAMPLES);
        List<Arrived> arrived = Arrived.all(kafka.bootstrapServers());
        double draining = Arrived.p99Millis(arrived, backMillis, drainedMillis);
        double normal = Arrived.p99Millis(arrived, drainedMillis, (double) System.currentTimeMillis());
        System.out.printf(
                "outage: %d of %d frames so far are replays; the backlog drained in %.1f s; live p99 of a second, median over"
                        + " the seconds: %.1f ms meanwhile, %.1f ms normally%n",
                arrived.stream().filter(one -> one.frame().getReplayed()).count(),
                arrived.size(),
                (drainedMillis - backMillis) / 1e3,
                draining,
                normal);
        return draining <= Math.max(LATENCY_LIMIT * normal, normal + AT_SPEED_MILLIS);
    }

    /** Every number of every run, by the gateway's own ledger; a second record of one says that it is a replay. */
    private void everyNumberIsThere(List<Arrived> arrived) throws RecordFormatException {
        Map<Arrived.Run, TreeMap<Long, Frame>> runs = new HashMap<>();
        long replays = 0;
        for (Arrived one : arrived) {
            TreeMap<Long, Frame> run = runs.computeIfAbsent(one.run(), key -> new TreeMap<>());
            if (run.putIfAbsent(one.frame().getSequence(), one.frame()) != null) {
                replays++;
                assertThat(one.frame().getReplayed())
                        .as("a second record of %s", one.run())
                        .isTrue();
            }
        }
        assertThat(runs).as("three runs of two cameras").hasSize(6);
        Map<Arrived.Run, CaptureWindow> windows = lastWindows();
        assertThat(windows.keySet()).isEqualTo(runs.keySet());
        long evicted = 0;
        for (Map.Entry<Arrived.Run, TreeMap<Long, Frame>> run : runs.entrySet()) {
            CaptureWindow window = windows.get(run.getKey());
            TreeMap<Long, Frame> frames = run.getValue();
            CaptureCounts total = window.getTotal();
            assertThat(total.getSent() + total.getSkipped() + total.getThrottled() + total.getEvicted())
                    .as("the fates of %s", run.getKey())
                    .isEqualTo(total.getCaptured());
            assertThat((long) frames.size()).as("numbers of %s", run.getKey()).isEqualTo(total.getCaptured());
            assertThat(frames.lastKey()).isEqualTo(total.getCaptured() - 1);
            // of what died in memory, the time is an estimate
            assertThat(frames.values())
                    .filteredOn(frame -> frame.getDisposition() != Disposition.EVICTED)
                    .extracting(Frame::getCapturedAtMicros)
                    .isSorted();
            Map<Disposition, Long> seen = new EnumMap<>(Disposition.class);
            frames.values().forEach(frame -> seen.merge(frame.getDisposition(), 1L, Long::sum));
            assertThat(seen.getOrDefault(Disposition.SENT, 0L))
                    .as("pictures of %s", run.getKey())
                    .isBetween(total.getSent(), total.getSent() + window.getUnsettled());
            evicted += seen.getOrDefault(Disposition.EVICTED, 0L);
        }
        System.out.printf(
                "outage: %d numbers of 6 runs, none missing; %d records twice, all of them marked; %d pictures died in"
                        + " memory with the two kills%n",
                arrived.size() - replays, replays, evicted);
    }

    /** Arrived out of order, they are followed in two lanes, each in order: every number has one fate, and no picture is lost. */
    private static void theJobSeesThemInOrder(List<Arrived> arrived) {
        for (String camera : GatewayUnderTest.CAMERAS) {
            List<Arrived> of =
                    arrived.stream().filter(one -> one.camera().equals(camera)).toList();
            assertThat(of.stream().map(OutageIT::place).toList())
                    .as("as they arrived")
                    .isNotEqualTo(of.stream().map(OutageIT::place).sorted(PLACE).toList());

            List<FrameTask> tasks =
                    RestoredOrder.of(of.stream().map(Arrived::record).toList());

            assertThat(tasks).as("a fate per record").hasSize(of.size());
            assertThat(tasks.stream()
                            .filter(task -> task.fate != Fate.DUPLICATE)
                            .map(OutageIT::place))
                    .as("a fate per number, of camera %s", camera)
                    .containsExactlyInAnyOrderElementsOf(
                            of.stream().map(OutageIT::place).distinct().toList());
            assertThat(tasks.stream().mapToLong(task -> task.newlyCaptured).sum())
                    .as("numbers that the ledger counts, of camera %s", camera)
                    .isEqualTo(of.stream().map(OutageIT::place).distinct().count());
            assertThat(tasks).extracting(task -> task.fate).doesNotContain(Fate.LATE, Fate.DEAD_LETTERED);
            for (Lane lane : Lane.values()) {
                assertThat(followed(tasks, lane))
                        .as("what the job follows in the lane %s, of camera %s", lane, camera)
                        .isNotEmpty()
                        .isSortedAccordingTo(PLACE)
                        .doesNotHaveDuplicates();
            }
            assertThat(followed(tasks, Lane.LIVE))
                    .as("no live frame waits for the backlog's lane")
                    .containsAll(of.stream()
                            .filter(one -> !one.frame().getReplayed()
                                    && (one.frame().getDisposition() == Disposition.SENT
                                            || one.frame().getDisposition() == Disposition.SKIPPED))
                            .map(OutageIT::place)
                            .toList());
            System.out.printf(
                    "outage: camera %s: the job follows %d frames live and %d in the backlog lane; %d duplicates%n",
                    camera,
                    followed(tasks, Lane.LIVE).size(),
                    followed(tasks, Lane.BACKLOG).size(),
                    tasks.stream().filter(task -> task.fate == Fate.DUPLICATE).count());
        }
    }

    private static List<List<Long>> followed(List<FrameTask> tasks, Lane lane) {
        return tasks.stream()
                .filter(task -> task.fate == null && task.lane == lane)
                .map(OutageIT::place)
                .toList();
    }

    private static List<Long> place(FrameTask task) {
        return List.of(task.record.bootEpoch, task.record.sequence);
    }

    private static final Comparator<List<Long>> PLACE =
            Comparator.<List<Long>, Long>comparing(place -> place.get(0)).thenComparing(place -> place.get(1));

    private static List<Long> place(Arrived arrived) {
        return List.of(arrived.frame().getBootEpoch(), arrived.frame().getSequence());
    }

    /** Runs of earlier processes whose last word has arrived. */
    private long closedRuns() throws RecordFormatException {
        return lastWindows().values().stream().filter(CaptureWindow::getClosed).count();
    }

    /** The last word of the gateway's ledger on each run: what closes it, or the latest. */
    private Map<Arrived.Run, CaptureWindow> lastWindows() throws RecordFormatException {
        RecordCodec<CaptureWindow> codec = new RecordCodec<>(CaptureWindow.class);
        Map<Arrived.Run, CaptureWindow> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : Topics.read(kafka.bootstrapServers(), Topic.CAPTURES)) {
            CaptureWindow window = codec.decode(record.value());
            last.merge(
                    new Arrived.Run(window.getCamera(), window.getBootEpoch()),
                    window,
                    (one, two) -> two.getClosed()
                                    || (!one.getClosed() && two.getWindowEndMicros() >= one.getWindowEndMicros())
                            ? two
                            : one);
        }
        return last;
    }

    private static void until(Callable<Boolean> condition) {
        ConditionFactory patiently = await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(50));
        patiently.until(condition);
    }
}
