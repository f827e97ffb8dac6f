package dev.framewise.vision.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.ByteTrackOptions;
import dev.framewise.vision.track.ByteTracker;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Our ByteTrack against the authors' code, on the same detections. */
class ByteTrackParityTest {
    static final List<String> SEQUENCES = TestingSequences.NAMES;

    @ParameterizedTest
    @FieldSource("SEQUENCES")
    void scoresAsTheAuthorsCode(String sequence) throws IOException {
        int frames = TestingSequences.info(sequence).frames();
        List<MotRow> annotations = TestingSequences.annotations(sequence);
        List<MotRow> ours =
                track(TestingSequences.detections(sequence), /* minScore= */ 0, frames, /* interval= */ 1, 0);
        SequenceScores official = SequenceScores.of(annotations, TestingSequences.officialByteTrack(sequence), frames);
        SequenceScores scores = SequenceScores.of(annotations, ours, frames);
        assertThat(100 * scores.hota().hota()).isCloseTo(100 * official.hota().hota(), within(0.3));
        assertThat(100 * scores.clear().mota()).isCloseTo(100 * official.clear().mota(), within(0.3));
        assertThat(100 * scores.identity().idf1())
                .isCloseTo(100 * official.identity().idf1(), within(0.3));
    }

    /** Box by box, where the authors' code does not bring back a track that it had given up. */
    @Test
    void showsTheBoxesOfTheAuthorsCode() throws IOException {
        for (String sequence : List.of("ETH-Bahnhof", "KITTI-17", "PETS09-S2L1", "TUD-Campus", "Venice-2")) {
            int frames = TestingSequences.info(sequence).frames();
            List<MotRow> ours =
                    track(TestingSequences.detections(sequence), /* minScore= */ 0, frames, /* interval= */ 1, 0);
            assertSameBoxes(sequence, ours, TestingSequences.officialByteTrack(sequence));
        }
    }

    /** The mean over key-frame phases reaches what the authors' tracker reaches with the same frames skipped. */
    @Test
    void bridgesSkippedFramesAsWellAsItsReference() throws IOException {
        assertThat(meanHotaOnPets(/* interval= */ 1)).isCloseTo(50.5, within(0.3));
        assertThat(meanHotaOnPets(/* interval= */ 3)).isCloseTo(44.3, within(1.0));
        assertThat(meanHotaOnPets(/* interval= */ 5)).isCloseTo(31.1, within(1.0));
    }

    private static double meanHotaOnPets(int interval) throws IOException {
        int frames = TestingSequences.info("PETS09-S2L1").frames();
        List<MotRow> annotations = TestingSequences.annotations("PETS09-S2L1");
        double sum = 0;
        for (int phase = 0; phase < interval; phase++) {
            List<MotRow> rows = track(TestingSequences.yoloxNanoOnPets(), /* minScore= */ 0.1, frames, interval, phase);
            sum += 100 * SequenceScores.of(annotations, rows, frames).hota().hota();
        }
        return sum / interval;
    }

    private static List<MotRow> track(List<MotRow> detections, double minScore, int frames, int interval, int phase) {
        Map<Integer, Detections> byFrame = MotFormat.byFrame(detections, minScore);
        return DetectionTracking.run(byFrame, frames, interval, phase, new ByteTracker(ByteTrackOptions.defaults()));
    }

    private static void assertSameBoxes(String sequence, List<MotRow> ours, List<MotRow> official) {
        Map<String, MotRow> expected = new HashMap<>();
        official.forEach(row -> expected.put(row.frame() + " " + row.id(), row));
        assertThat(ours).as(sequence).hasSameSizeAs(official);
        for (MotRow row : ours) {
            MotRow other = expected.get(row.frame() + " " + row.id());
            assertThat(other)
                    .as("%s: track %d in frame %d", sequence, row.id(), row.frame())
                    .isNotNull();
            // the reference has two decimals
            assertThat(Sequence.iou(row, other)).isGreaterThan(0.995);
        }
    }
}
