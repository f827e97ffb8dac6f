package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.eval.AveragePrecision;
import dev.framewise.vision.eval.MotFormat;
import dev.framewise.vision.eval.MotRow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** The published model, which says nothing of itself: head and format of the pictures come from its shapes. */
class FastestDetAccuracyTest {
    private static final int STEP = 10;
    private static final double MIN_AP50 = 0.5;

    @Test
    void findsThePersonsOfTheClip(TestReporter reporter) throws Exception {
        List<MotRow> annotations = MotFormat.readTracks(AssetCatalog.standard().locate("mot15/PETS09-S2L1/gt")).stream()
                .filter(row -> (row.frame() - 1) % STEP == 0)
                .toList();
        List<MotRow> found = ReferenceAgreement.detect("fastestdet-352", STEP, /* jpegQuality= */ 0);
        double ap50 = AveragePrecision.ap50(annotations, found);
        reporter.publishEntry("FastestDet, AP50 of persons on every 10th frame of PETS09-S2L1", Double.toString(ap50));
        assertThat(ap50).isGreaterThanOrEqualTo(MIN_AP50);
    }
}
