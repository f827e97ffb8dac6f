package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.eval.AveragePrecision;
import dev.framewise.vision.eval.MotFormat;
import dev.framewise.vision.eval.MotRow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The published model, which says nothing of itself: head and format of the pictures come from its shapes. */
class FastestDetAccuracyTest {
    private static final int STEP = 10;

    /** This test measured 0.778. */
    private static final double MIN_AP50 = 0.768;

    @Test
    void findsThePersonsOfTheClip() throws Exception {
        List<MotRow> annotations = MotFormat.readTracks(AssetCatalog.standard().locate("mot15/PETS09-S2L1/gt")).stream()
                .filter(row -> (row.frame() - 1) % STEP == 0)
                .toList();
        List<MotRow> found = ReferenceAgreement.detect("fastestdet-352", STEP, /* jpegQuality= */ 0);
        double ap50 = AveragePrecision.ap50(annotations, found);
        System.out.printf("FastestDet, every %dth frame of PETS09-S2L1, persons: AP50 %.4f%n", STEP, ap50);
        assertThat(ap50).isGreaterThanOrEqualTo(MIN_AP50);
    }
}
