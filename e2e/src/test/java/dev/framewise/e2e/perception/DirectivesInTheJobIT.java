package dev.framewise.e2e.perception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.jobs.PerceptionOptions;
import dev.framewise.schemas.Directive;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.Topic;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.LookReason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hot board is told to look at fewer frames: a job that reads directives looks less at its cameras, also after it was killed. */
class DirectivesInTheJobIT {
    private static final int FRAMES = 120;
    private static final int DIRECTED = 10;
    private static final double BUDGET = 0.5;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    @Test
    void theDirectivesIntervalIsTheBudgetOfTheBoardsCamerasAndSurvivesAKilledTaskManager() throws Exception {
        try (PipelineUnderTest pipeline = new PipelineUnderTest(directory, /* slots= */ 1)) {
            pipeline.publish(List.of(directive("board-hot"), directive("board-hotter")));
            PerceptionOptions options =
                    pipeline.options("steered").adaptive(BUDGET).directives(true);
            JobID job = pipeline.submit(options, /* parallelism= */ 1);
            // whoever has committed them has them in its state
            pipeline.cluster().awaitConsumed(job, options.name(), Topic.DIRECTIVES, PATIENCE);
            pipeline.publishClip("hot", "pets09-s2l1", FRAMES);
            pipeline.publishClip("cool", "pets09-s2l1", FRAMES);
            pipeline.awaitConsumed(job, options);
            pipeline.cluster().flink().replaceTaskManager();
            pipeline.publishClip("hotter", "pets09-s2l1", FRAMES);
            pipeline.awaitConsumed(job, options);
            pipeline.cluster().flink().stopWithSavepoint(job);

            List<TrackRow> rows = pipeline.read(Topic.TRACKS, TrackRow.class).stream()
                    .filter(row -> row.getKind() == RowKind.FRAME)
                    .toList();
            assertThat(rows).hasSize(3 * FRAMES);
            assertThat(looks(rows, "cool")).isBetween(FRAMES / 2 - 2, FRAMES / 2 + 1);
            for (String camera : List.of("hot", "hotter")) {
                assertThat(looks(rows, camera)).as(camera).isBetween(FRAMES / DIRECTED - 2, FRAMES / DIRECTED + 1);
            }
            assertThat(rows)
                    .filteredOn(row -> row.getCamera().equals("hot"))
                    .extracting(TrackRow::getDecision)
                    .contains(LookReason.INTERVAL.name(), LookReason.NOT_NEEDED.name());
        }
    }

    private static int looks(List<TrackRow> rows, String camera) {
        return (int) rows.stream()
                .filter(row -> row.getCamera().equals(camera) && row.getFate() == Fate.INFERRED)
                .count();
    }

    private static ProducerRecord<byte[], byte[]> directive(String device) {
        Instant issued = PipelineUnderTest.CLIP_START;
        Directive directive = Directive.newBuilder()
                .setDevice(device)
                .setIssuedAtMicros(ChronoUnit.MICROS.between(Instant.EPOCH, issued))
                .setValidUntilMicros(ChronoUnit.MICROS.between(Instant.EPOCH, issued.plus(Duration.ofHours(1))))
                .setFrameRateFactor(1)
                .setDetectorInterval(DIRECTED)
                .setReason("it is hot")
                .build();
        return new ProducerRecord<>(
                Topic.DIRECTIVES.topicName(),
                device.getBytes(StandardCharsets.UTF_8),
                new RecordCodec<>(Directive.class).encode(directive));
    }
}
