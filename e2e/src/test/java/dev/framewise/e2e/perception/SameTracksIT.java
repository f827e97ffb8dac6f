package dev.framewise.e2e.perception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.jobs.PerceptionOptions;
import dev.framewise.operators.inference.Overlap;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.LedgerWindow;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.Topic;
import dev.framewise.schemas.TrackRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real clips, published once, and an outage: the frames of a third camera, of which two of three waited on its gateway's disk and come
 * beside the live ones. Whatever is done to the job that reads them, the committed tracks are the same bytes as those of a run that nobody
 * disturbed.
 */
class SameTracksIT {
    private static final int FRAMES = 150;
    private static final int CAMERAS = 2;

    @TempDir
    static Path directory;

    private static PipelineUnderTest pipeline;
    private static final String CUT_OFF = "gate";
    private static final int ALL_FRAMES = CAMERAS * FRAMES + 2 * OutageRecords.RUN;

    private static Map<String, List<String>> undisturbed;
    private static List<TrackRow> rows;
    private static List<LedgerWindow> accounts;

    @BeforeAll
    static void publishAndRunOnce() throws Exception {
        pipeline = new PipelineUnderTest(directory, /* slots= */ 2);
        pipeline.publishClip("street", "pets09-s2l1", FRAMES);
        pipeline.publishClip("hall", "one-by-one-person-detection", FRAMES);
        List<Frame> street = pipeline.read(Topic.FRAMES, Frame.class).stream()
                .filter(frame -> frame.getCamera().equals("street"))
                .toList();
        pipeline.publish(OutageRecords.of(street, CUT_OFF));
        pipeline.replay(options("undisturbed"), /* parallelism= */ 1);
        undisturbed = PipelineUnderTest.byLane(pipeline.committedSince(Topic.TRACKS, Map.of()));
        rows = pipeline.read(Topic.TRACKS, TrackRow.class);
        accounts = pipeline.read(Topic.LEDGER, LedgerWindow.class);
    }

    @AfterEach
    void endJobs() throws Exception {
        pipeline.endJobs();
    }

    @AfterAll
    static void close() throws Exception {
        pipeline.close();
    }

    @Test
    void theUndisturbedRunSawEveryFrameAndFollowedSomebody() throws Exception {
        assertThat(undisturbed).containsOnlyKeys("street", "hall", CUT_OFF, CUT_OFF + PipelineUnderTest.BACKLOG);
        assertThat(List.of("street", "hall"))
                .allSatisfy(camera -> assertThat(undisturbed.get(camera)).hasSize(FRAMES + /* closing row */ 1));
        assertThat(rows)
                .filteredOn(row -> row.getCamera().equals("street"))
                .anySatisfy(row -> assertThat(row.getBoxes()).hasSizeGreaterThan(4));
        assertThat(accounts.stream().mapToLong(LedgerWindow::getCaptured).sum()).isEqualTo(ALL_FRAMES);
    }

    @Test
    void whatAnOutageHeldBackIsFollowedInItsOrderBesideTheLiveFrames() {
        List<TrackRow> backlog = rows.stream().filter(TrackRow::getBacklog).toList();
        assertThat(backlog).hasSize(OutageRecords.STORED - OutageRecords.EVICTED + /* closing rows */ 2);
        for (boolean lane : new boolean[] {true, false}) {
            assertThat(rows.stream()
                            .filter(row -> row.getCamera().equals(CUT_OFF) && row.getBacklog() == lane)
                            .filter(row -> row.getKind() == RowKind.FRAME))
                    .isSortedAccordingTo(
                            Comparator.comparing(TrackRow::getBootEpoch).thenComparing(TrackRow::getSequence));
        }
        assertThat(backlog)
                .extracting(TrackRow::getFate)
                .contains(Fate.INFERRED, Fate.INTERPOLATED)
                .containsOnly(Fate.INFERRED, Fate.INTERPOLATED, Fate.PREDICTED, null);
        assertThat(backlog)
                .as("tracks of its own")
                .anySatisfy(row -> assertThat(row.getBoxes()).hasSizeGreaterThan(4))
                .flatExtracting(TrackRow::getBoxes)
                .allSatisfy(box -> assertThat(box.getTrackId()).isNegative());
        assertThat(backlog.stream().flatMap(row -> row.getEnded().stream()).sorted())
                .as("what started ends once")
                .isEqualTo(backlog.stream()
                        .flatMap(row -> row.getStarted().stream())
                        .sorted()
                        .toList());
    }

    @Test
    void theAccountsOfTheOutageAddUp() {
        List<LedgerWindow> windows = accounts.stream()
                .filter(window -> window.getCamera().equals(CUT_OFF))
                .toList();
        Map<String, Long> fates = new TreeMap<>();
        windows.forEach(window -> window.getFates().forEach((fate, count) -> fates.merge(fate, count, Long::sum)));
        assertThat(windows.stream().mapToLong(LedgerWindow::getCaptured).sum()).isEqualTo(2L * OutageRecords.RUN);
        assertThat(fates)
                .containsEntry(Fate.DUPLICATE.name(), (long) OutageRecords.TWICE)
                .containsEntry(Fate.EVICTED.name(), (long) OutageRecords.EVICTED)
                .doesNotContainKeys(Fate.LATE.name(), Fate.DEAD_LETTERED.name());
        assertThat(fates.values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(2L * OutageRecords.RUN + OutageRecords.TWICE);
    }

    @Test
    void aSecondRunOnTwoSubtasksWritesTheSameBytes() throws Exception {
        assertThat(replay(options("again"), /* parallelism= */ 2)).isEqualTo(undisturbed);
    }

    /** The tracks choose the frames here, too: a whole backlog stands in the lanes when the input ends. */
    @Test
    void aThreadOfItsOwnForTheNetworkShowsInNoByte() throws Exception {
        assertThat(replay(options("overlapped").overlap(Overlap.ALWAYS), /* parallelism= */ 2))
                .isEqualTo(undisturbed);
    }

    private static Map<String, List<String>> replay(PerceptionOptions options, int parallelism) throws Exception {
        Map<TopicPartition, Long> start = pipeline.ends(Topic.TRACKS);
        pipeline.replay(options, parallelism);
        return PipelineUnderTest.byLane(pipeline.committedSince(Topic.TRACKS, start));
    }

    /** In the middle of the backlog. */
    @Test
    void aJobKilledInTheMiddleWritesTheSameBytes() throws Exception {
        Map<TopicPartition, Long> start = pipeline.ends(Topic.TRACKS);
        PerceptionOptions options = options("killed").checkpointInterval(Duration.ofMillis(200));
        JobID job = pipeline.submit(options, /* parallelism= */ 1);
        Awaitility.await("rows of the backlog to be committed")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> backlogRows(start) > 0);
        pipeline.cluster().flink().replaceTaskManager();
        assertThat(backlogRows(start)).as("the kill came in the middle").isLessThan(OutageRecords.STORED);
        pipeline.awaitConsumed(job, options);
        pipeline.cluster().flink().stopWithSavepoint(job);
        assertThat(PipelineUnderTest.byLane(pipeline.committedSince(Topic.TRACKS, start)))
                .isEqualTo(undisturbed);
    }

    /** Each time in the middle of tracks, and without a goodbye: what came behind the checkpoint is done again. */
    @Test
    void aJobRescaledFromOneToTwoToOneWritesTheSameBytes() throws Exception {
        Map<TopicPartition, Long> start = pipeline.ends(Topic.TRACKS);
        PerceptionOptions options = options("rescaled");
        JobID job = pipeline.submit(options, /* parallelism= */ 1);
        awaitCommitted(start, CAMERAS * FRAMES / 10);
        String first = pipeline.cluster().flink().checkpoint(job);
        pipeline.cluster().flink().cancel(job);
        assertThat(pipeline.committedSince(Topic.TRACKS, start))
                .as("the first change came in the middle")
                .hasSizeLessThan(ALL_FRAMES);
        job = pipeline.submitFrom(first, options, /* parallelism= */ 2);
        pipeline.cluster().flink().awaitRunning(job, Duration.ofMinutes(1));
        String second = pipeline.cluster().flink().checkpoint(job);
        pipeline.cluster().flink().cancel(job);
        job = pipeline.submitFrom(second, options, /* parallelism= */ 1);
        pipeline.awaitConsumed(job, options);
        pipeline.cluster().flink().stopWithSavepoint(job);
        assertThat(PipelineUnderTest.byLane(pipeline.committedSince(Topic.TRACKS, start)))
                .isEqualTo(undisturbed);
    }

    private static int backlogRows(Map<TopicPartition, Long> start) {
        return PipelineUnderTest.byLane(pipeline.committedSince(Topic.TRACKS, start))
                .getOrDefault(CUT_OFF + PipelineUnderTest.BACKLOG, List.of())
                .size();
    }

    private static void awaitCommitted(Map<TopicPartition, Long> start, int rows) {
        Awaitility.await(rows + " rows of tracks to be committed")
                .atMost(Duration.ofMinutes(1))
                .until(() -> pipeline.committedSince(Topic.TRACKS, start).size() >= rows);
    }

    /**
     * The tracks choose the frames: a detector that looks at others, or a budget that counts otherwise, would show. Rows of skipped
     * frames wait for the next key frame, in checkpoints, too.
     */
    private static PerceptionOptions options(String name) {
        return pipeline.options(name).adaptive(/* budget= */ 0.5).delay(8);
    }
}
