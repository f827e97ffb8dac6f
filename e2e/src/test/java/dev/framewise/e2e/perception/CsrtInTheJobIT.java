package dev.framewise.e2e.perception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.jobs.PerceptionOptions;
import dev.framewise.schemas.Provenance;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.Topic;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.PixelUse;
import dev.framewise.vision.track.SkipTrackerOptions.Pixels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that follows by CSRT, and one that is killed meanwhile: what a filter has learned is gone then, no frame and no identity is. */
class CsrtInTheJobIT {
    private static final int FRAMES = 36;
    private static final int INTERVAL = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    @Test
    void objectsAreFollowedByCsrtAndAKilledTaskManagerCostsNoFrame() throws Exception {
        List<String> problems = new ArrayList<>();
        if (PixelUse.available(Pixels.CSRT, problems::add) != Pixels.CSRT) {
            System.out.println("[WARNING] NOT TESTED: " + problems.get(0));
            Assumptions.abort(problems.get(0));
        }
        try (PipelineUnderTest pipeline = new PipelineUnderTest(directory, /* slots= */ 1)) {
            pipeline.publishClip("street", "pets09-s2l1", FRAMES);
            Map<TopicPartition, Long> start = pipeline.ends(Topic.TRACKS);
            PerceptionOptions options =
                    pipeline.options("csrt").interval(INTERVAL).csrt();
            JobID job = pipeline.submit(options, /* parallelism= */ 1);
            Awaitility.await("some rows of tracks to be committed")
                    .atMost(PATIENCE)
                    .until(() -> !pipeline.committedSince(Topic.TRACKS, start).isEmpty());
            pipeline.cluster().flink().replaceTaskManager();
            pipeline.awaitConsumed(job, options);
            pipeline.cluster().flink().stopWithSavepoint(job);

            List<TrackRow> rows = pipeline.read(Topic.TRACKS, TrackRow.class).stream()
                    .filter(row -> row.getKind() == RowKind.FRAME)
                    .toList();
            assertThat(rows).extracting(TrackRow::getSequence).hasSize(FRAMES).doesNotHaveDuplicates();
            assertThat(rows)
                    .filteredOn(row -> row.getSequence() % INTERVAL != 0)
                    .flatExtracting(TrackRow::getBoxes)
                    .as("between two looks objects are followed")
                    .anySatisfy(box -> assertThat(box.getProvenance()).isEqualTo(Provenance.FLOW));
            assertThat(rows.stream().flatMap(row -> row.getStarted().stream()).toList())
                    .as("an identity starts once, also behind the kill")
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        }
    }
}
