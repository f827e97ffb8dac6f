package dev.framewise.toolkit.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.schemas.ModelRelease;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class PlanOptionsTest {
    @Command
    private static final class Publishing {
        @Mixin
        private PlanOptions plan;
    }

    @Test
    void eachOptionIsWrittenIntoItsFieldAndWhatIsNotSaidIsLeftAlone() {
        ModelRelease before = release(new String[0]);
        ModelRelease release = release(
                "--rollout=0.9",
                "--stages=0.1,0.5",
                "--shadow-share=0.2",
                "--shadow-frames=7",
                "--agreement=0.8",
                "--score-drift=0.3",
                "--time-ratio=4",
                "--errors=5",
                "--trial=PT2M",
                "--quiet-frames=6");
        assertThat(release)
                .isEqualTo(ModelRelease.newBuilder(before)
                        .setRollout(0.9)
                        .setStages(List.of(0.1, 0.5))
                        .setShadowShare(0.2)
                        .setLeastShadowFrames(7)
                        .setAgreementFloor(0.8)
                        .setMostScoreDrift(0.3)
                        .setMostTimeRatio(4)
                        .setErrorBudget(5)
                        .setMostTrialSeconds(120)
                        .setQuietFrames(6)
                        .build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --rollout       | 0.0        | above 0 to 1
            --rollout       | 1.1        | above 0 to 1
            --stages        | [0.5, 0.1] | rising, above 0 to --rollout
            --shadow-share  | 0.0        | above 0 to 1
            --shadow-frames | 0          | from 1
            --agreement     | -0.1       | 0 to 1
            --score-drift   | 1.1        | 0 to 1
            --time-ratio    | -1.0       | 0 or more
            --errors        | -1         | 0 or more
            --trial         | PT0.5S     | whole seconds, PT0S or more
            --trial         | PT-1S      | whole seconds, PT0S or more
            --quiet-frames  | 0          | from --shadow-frames on
            """)
    void whatIsOutOfItsRangeIsRefusedWithTheRange(String name, String value, String allowed) {
        assertThatThrownBy(() -> release(name + "=" + value.replaceAll("[\\[\\] ]", "")))
                .isInstanceOf(ParameterException.class)
                .hasMessage(name + " is " + value + "; allowed: " + allowed);
    }

    private static ModelRelease release(String... options) {
        Publishing publishing = new Publishing();
        new CommandLine(publishing).parseArgs(options);
        ModelRelease.Builder release = ModelRelease.newBuilder()
                .setModel("m")
                .setVersion("1")
                .setUri("file:///m.onnx")
                .setSha256("")
                .setSizeBytes(1)
                .setHead("yolox")
                .setInputWidth(32)
                .setInputHeight(32)
                .setPrecision("fp32")
                .setRollout(1);
        publishing.plan.writeTo(release);
        return release.build();
    }
}
