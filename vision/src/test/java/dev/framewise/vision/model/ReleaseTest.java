package dev.framewise.vision.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.schemas.ReleaseState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseTest {
    @Test
    void aRecordWithoutStagesGoesToItsRolloutAtOnce() throws Exception {
        Release release = Release.of(TestingReleases.record("2").setRollout(0.5).build());
        assertThat(release.plan().stages()).containsExactly(0.5);
        assertThat(release.version().label()).isEqualTo("testing@2-01234567");
    }

    @Test
    void stagesEndWithTheRollout() throws Exception {
        Release release = Release.of(
                TestingReleases.record("2").setStages(List.of(0.1, 0.5)).build());
        assertThat(release.plan().stages()).containsExactly(0.1, 0.5, 1.0);
        assertThat(release.plan().next(0)).isEqualTo(0.1);
        assertThat(release.plan().next(0.1)).isEqualTo(0.5);
        assertThat(release.plan().next(1)).isEqualTo(1);
    }

    @Test
    void everyProblemIsNamedWithItsValue() {
        assertThatThrownBy(() -> Release.of(TestingReleases.record("")
                        .setUri("../m.onnx")
                        .setSha256("0xBEEF")
                        .setSizeBytes(0)
                        .setInputWidth(0)
                        .setPrecision("fp7")
                        .setRollout(1.5)
                        .setStages(List.of(0.5, 0.1))
                        .setShadowShare(0)
                        .setLeastShadowFrames(0)
                        .setMostTrialSeconds(-1)
                        .setQuietFrames(-1)
                        .setAgreementFloor(Double.NaN)
                        .setErrorBudget(-1)
                        .build()))
                .isInstanceOfSatisfying(RefusedReleaseException.class, e -> assertThat(e.problem())
                        .isEqualTo(RefusedReleaseException.Problem.BAD_RELEASE))
                .hasMessageContainingAll(
                        "version is ''",
                        "uri is '../m.onnx'",
                        "sha256 is '0xBEEF'",
                        "sizeBytes is '0'",
                        "inputWidth is '0'",
                        "precision is 'fp7'",
                        "rollout is '1.5'",
                        "stages is",
                        "shadowShare is '0.0'",
                        "leastShadowFrames is '0'",
                        "mostTrialSeconds is '-1'; allowed: 0 or more",
                        "quietFrames is '-1'; allowed: 0, or from leastShadowFrames on",
                        "agreementFloor is 'NaN'",
                        "errorBudget is '-1'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../m.onnx", "http:m.onnx", "https:///m.onnx", "mailto:a@b", "s3:bucket", "http://a b/c", ""})
    void whatIsNoAddressOfAFileIsRefusedUnfetched(String uri) {
        assertThatThrownBy(
                        () -> Release.of(TestingReleases.record("2").setUri(uri).build()))
                .isInstanceOf(RefusedReleaseException.class)
                .hasMessage("uri is '" + uri + "'; allowed: a file, http, https or s3 address");
    }

    @Test
    void aDecisionKeepsThePlanAndSaysWhatIsReplaced() throws Exception {
        Release old = TestingReleases.offered("1");
        Release decided = TestingReleases.offered("2")
                .decided(ReleaseState.PROMOTED, 0.5, "fine", "job", Optional.of(old.version()));
        Release read = Release.of(decided.record());
        assertThat(read).isEqualTo(decided);
        assertThat(read.inForce()).contains(old.version());
        assertThat(read.predecessor().orElseThrow().version()).isEqualTo(old.version());
    }
}
