package dev.framewise.e2e.perception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.jobs.PerceptionOptions;
import dev.framewise.operators.inference.Overlap;
import dev.framewise.schemas.LedgerWindow;
import dev.framewise.schemas.Topic;
import dev.framewise.schemas.TrackRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real clips, published once. Whatever is done to the job that reads them, the committed tracks are the same bytes as
 * those of a run that nobody disturbed.
 */
class SameTracksIT {
    private static final int FRAMES = 150;
    private static final int CAMERAS = 2;

    @TempDir
    static Path directory;

    private static PipelineUnderTest pipeline;
    private static Map<String, List<String>> undisturbed;

    @BeforeAll
    static void publishAndRunOnce() throws Exception {
        pipeline = new PipelineUnderTest(directory, /* slots= */ 2);
        pipeline.publishClip("street", "pets09-s2l1", FRAMES);
        pipeline.publishClip("hall", "one-by-one-person-detection", FRAMES);
        Map<TopicPartition, Long> start = pipeline.ends(Topic.TRACKS);
        pipeline.replay(options("undisturbed"), /* parallelism= */ 1);
        undisturbed = PipelineUnderTest.byKey(pipeline.committedSince(Topic.TRACKS, start));
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
        assertThat(undisturbed).containsOnlyKeys("street", "hall");
        assertThat(undisturbed.values()).allSatisfy(rows -> assertThat(rows).hasSize(FRAMES + /* closing row */ 1));
        assertThat(pipeline.read(Topic.TRACKS, TrackRow.class))
                .filteredOn(row -> row.getCamera().equals("street"))
                .anySatisfy(row -> assertThat(row.getBoxes()).hasSizeGreaterThan(4));
        assertThat(pipeline.read(Topic.LEDGER, LedgerWindow.class).stream()
                        .limit(2L * CAMERAS)
                        .mapToLong(LedgerWindow::getCaptured)
                        .sum())
                .isPositive();
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
        return PipelineUnderTest.byKey(pipeline.committedSince(Topic.TRACKS, start));
    }

    @Test
    void aJobKilledInTheMiddleWritesTheSameBytes() throws Exception {
        Map<TopicPartition, Long> start = pipeline.ends(Topic.TRACKS);
        PerceptionOptions options = options("killed");
        JobID job = pipeline.submit(options, /* parallelism= */ 1);
        awaitCommitted(start, CAMERAS * FRAMES / 3);
        pipeline.cluster().flink().replaceTaskManager();
        int committedAtTheKill = pipeline.committedSince(Topic.TRACKS, start).size();
        assertThat(committedAtTheKill).as("the kill came in the middle").isLessThan(CAMERAS * FRAMES);
        pipeline.awaitConsumed(job, options);
        pipeline.cluster().flink().stopWithSavepoint(job);
        assertThat(PipelineUnderTest.byKey(pipeline.committedSince(Topic.TRACKS, start)))
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
                .hasSizeLessThan(CAMERAS * FRAMES);
        job = pipeline.submitFrom(first, options, /* parallelism= */ 2);
        pipeline.cluster().flink().awaitRunning(job, Duration.ofMinutes(1));
        String second = pipeline.cluster().flink().checkpoint(job);
        pipeline.cluster().flink().cancel(job);
        job = pipeline.submitFrom(second, options, /* parallelism= */ 1);
        pipeline.awaitConsumed(job, options);
        pipeline.cluster().flink().stopWithSavepoint(job);
        assertThat(PipelineUnderTest.byKey(pipeline.committedSince(Topic.TRACKS, start)))
                .isEqualTo(undisturbed);
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
