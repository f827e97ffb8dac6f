package dev.framewise.vision.detect;

import org.junit.jupiter.api.Test;

/** A sample of frames, for every build; {@link ReferenceDetectionsIT} has all of them. */
class ReferenceDetectionsTest {
    private static final int STEP = 8;

    @Test
    void rawFramesGiveTheReferenceDetections() throws Exception {
        ReferenceAgreement.assertAgrees(ReferenceAgreement.detect(STEP, /* jpegQuality= */ 0), STEP);
    }
}
