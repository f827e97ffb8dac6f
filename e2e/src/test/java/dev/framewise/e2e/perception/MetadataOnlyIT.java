package dev.framewise.e2e.perception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.LedgerWindow;
import dev.framewise.schemas.Provenance;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.Topic;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.LookReason;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway that sends the picture of one of three frames, and of the others only that they were captured: the job looks exactly
 * at those that have one, whatever its own interval up to that, and no frame is unaccounted for.
 */
class MetadataOnlyIT {
    private static final int FRAMES = 90;
    private static final int INTERVAL = 3;

    @TempDir
    static Path directory;

    private static PipelineUnderTest pipeline;

    @BeforeAll
    static void publish() throws Exception {
        pipeline = new PipelineUnderTest(directory, /* slots= */ 1);
        pipeline.publishClip("street", "pets09-s2l1", FRAMES, INTERVAL);
    }

    @AfterAll
    static void close() throws Exception {
        pipeline.close();
    }

    @Test
    void theJobLooksAtThePicturesThatComeAndFollowsInBetween() throws Exception {
        assertThat(pipeline.read(Topic.FRAMES, Frame.class)).hasSize(FRAMES).allSatisfy(frame -> {
            boolean sent = frame.getSequence() % INTERVAL == 0;
            assertThat(frame.getDisposition()).isEqualTo(sent ? Disposition.SENT : Disposition.SKIPPED);
            assertThat(frame.getPayload() != null).isEqualTo(sent);
        });

        pipeline.replay(pipeline.options("everything"), /* parallelism= */ 1);

        List<TrackRow> rows = pipeline.read(Topic.TRACKS, TrackRow.class).stream()
                .filter(row -> row.getKind() == RowKind.FRAME)
                .toList();
        assertThat(rows).hasSize(FRAMES).allSatisfy(row -> {
            boolean seen = row.getSequence() % INTERVAL == 0;
            assertThat(row.getFate()).isEqualTo(seen ? Fate.INFERRED : Fate.PREDICTED);
            assertThat(row.getDecision()).isEqualTo((seen ? LookReason.INTERVAL : LookReason.NO_PICTURE).name());
        });
        assertThat(rows)
                .as("somebody is followed between two pictures")
                .filteredOn(row -> row.getFate() == Fate.PREDICTED)
                .anySatisfy(row -> assertThat(row.getBoxes())
                        .hasSizeGreaterThan(3)
                        .allSatisfy(box -> assertThat(box.getProvenance()).isEqualTo(Provenance.PREDICTED)));
        List<LedgerWindow> ledger = pipeline.read(Topic.LEDGER, LedgerWindow.class);
        assertThat(ledger.stream().mapToLong(LedgerWindow::getCaptured).sum()).isEqualTo(FRAMES);
        assertThat(count(ledger, Fate.INFERRED)).isEqualTo(FRAMES / INTERVAL);
        assertThat(count(ledger, Fate.PREDICTED)).isEqualTo(FRAMES - FRAMES / INTERVAL);

        pipeline.replay(pipeline.options("one-of-three").interval(INTERVAL), /* parallelism= */ 1);
        assertThat(seen(pipeline.read(Topic.TRACKS, TrackRow.class)))
                .as("both jobs: the intervals of gateway and job do not multiply")
                .isEqualTo(2L * FRAMES / INTERVAL);
    }

    private static long seen(List<TrackRow> rows) {
        return rows.stream().filter(row -> row.getFate() == Fate.INFERRED).count();
    }

    private static long count(List<LedgerWindow> ledger, Fate fate) {
        return ledger.stream()
                .mapToLong(window -> window.getFates().getOrDefault(fate.name(), 0L))
                .sum();
    }
}
