package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.eval.AveragePrecision;
import dev.framewise.vision.eval.MotFormat;
import dev.framewise.vision.eval.MotRow;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceDetectionsIT {
    private static final double MIN_AP50 = 0.895;

    @Test
    void allRawFramesGiveTheReferenceDetections() throws Exception {
        List<MotRow> ours = ReferenceAgreement.detect(/* step= */ 1, /* jpegQuality= */ 0);
        ReferenceAgreement.assertAgrees(ours, /* step= */ 1);
        assertThat(ap50(ours)).isGreaterThanOrEqualTo(MIN_AP50);
    }

    /** At quality 80 a frame has 77 KB, and the detector is as good as on raw frames. */
    @Test
    void jpegFramesKeepTheAccuracy() throws Exception {
        assertThat(ap50(ReferenceAgreement.detect(/* step= */ 1, /* jpegQuality= */ 80)))
                .isGreaterThanOrEqualTo(MIN_AP50);
    }

    /** Half of 1280 is half as much again as the network sees, so these frames are decoded at half their size. */
    @Test
    void framesDecodedAtHalfTheirSizeKeepTheAccuracy() throws Exception {
        double full = ap50(ReferenceAgreement.detectEnlarged(/* width= */ 1280, /* scaledJpegs= */ false));
        double scaled = ap50(ReferenceAgreement.detectEnlarged(/* width= */ 1280, /* scaledJpegs= */ true));
        assertThat(scaled).isNotEqualTo(full).isCloseTo(full, within(0.002));
    }

    private static double ap50(List<MotRow> detections) throws IOException {
        List<MotRow> annotations = MotFormat.readTracks(AssetCatalog.standard().locate("mot15/PETS09-S2L1/gt"));
        return AveragePrecision.ap50(annotations, detections);
    }
}
