package dev.framewise.vision.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.vision.track.SkipTracker;
import dev.framewise.vision.track.SkipTrackerOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How well tracks hold when the detector looks at some of the frames only: given detections, six sequences as one, mean over phases. */
class SkippedFramesTest {
    @ParameterizedTest
    @CsvSource({"1, 37.5, 38.5, 50", "3, 36.5, 34, 48", "5, 32, 27, 42"})
    void tracksHoldBetterThanAnybodys(int interval, double hota, double mota, double idf1) throws IOException {
        double[] sums = new double[3];
        for (int phase = 0; phase < interval; phase++) {
            List<SequenceScores> sequences = new ArrayList<>();
            for (String name : TestingSequences.NAMES) {
                int frames = TestingSequences.info(name).frames();
                List<MotRow> rows = DetectionTracking.run(
                        MotFormat.byFrame(TestingSequences.detections(name), /* minScore= */ 0),
                        frames,
                        interval,
                        phase,
                        new SkipTracker(SkipTrackerOptions.of(/* pixels= */ false, interval)));
                sequences.add(SequenceScores.of(TestingSequences.annotations(name), rows, frames));
            }
            SequenceScores all = SequenceScores.combine(sequences);
            sums[0] += 100 * all.hota().hota() / interval;
            sums[1] += 100 * all.clear().mota() / interval;
            sums[2] += 100 * all.identity().idf1() / interval;
        }
        assertThat(sums[0]).as("HOTA").isGreaterThanOrEqualTo(hota);
        assertThat(sums[1]).as("MOTA").isGreaterThanOrEqualTo(mota);
        assertThat(sums[2]).as("IDF1").isGreaterThanOrEqualTo(idf1);
    }
}
