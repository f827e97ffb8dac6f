package dev.framewise.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.operators.inference.Tuning;
import dev.framewise.operators.tracking.CadenceFactory;
import dev.framewise.vision.provider.CpuOptions;
import dev.framewise.vision.provider.CudaOptions;
import dev.framewise.vision.provider.ProviderOptions;
import dev.framewise.vision.track.AdaptiveCadence;
import dev.framewise.vision.track.ByteTracker;
import dev.framewise.vision.track.FixedCadence;
import dev.framewise.vision.track.SkipTracker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class PerceptionOptionsTest {
    @Test
    void providersComeWithTheirOptions() {
        assertThat(parse("--providers", "tensorrt:fp16=true,workspace=2GB,cuda,cpu")
                        .providers())
                .containsExactly(
                        ProviderOptions.parse("tensorrt:workspace=2147483648,fp16=true"),
                        CudaOptions.DEFAULTS,
                        new CpuOptions());
    }

    @Test
    void unsaidItIsTheCpu() {
        assertThat(parse().providers()).containsExactly(new CpuOptions());
    }

    @Test
    void wrongProvidersAreWrongUsageWithAllThatIsWrong() {
        assertThatThrownBy(() -> parse("--providers", "tensorrt:fp16=maybe,fp4=true,gpu"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContainingAll("--providers", "fp16 is maybe", "fp4 is no option", "'gpu' is neither");
        assertThatThrownBy(() -> new PerceptionOptions().providers("gpu"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'gpu'");
    }

    @Test
    void aBatchIsMeasuredUnlessItIsSaid() {
        assertThat(parse().tuning())
                .isEqualTo(new Tuning(
                        Tuning.AUTO, /* threads= */ 1, Tuning.Aim.THROUGHPUT, /* budget= */ Duration.ofMillis(20)));
        assertThat(parse(
                                "--max-batch",
                                "8",
                                "--intra-op-threads",
                                "auto",
                                "--aim",
                                "LATENCY",
                                "--batch-budget",
                                "PT0.1S")
                        .tuning())
                .isEqualTo(new Tuning(8, Tuning.AUTO, Tuning.Aim.LATENCY, Duration.ofMillis(100)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "257", "many", "1.5", "99999999999"})
    void whatIsNeitherANumberInRangeNorAutoIsRefusedByName(String value) {
        assertThatThrownBy(() -> parse("--max-batch", value))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--max-batch")
                .hasMessageContaining(value);
    }

    @Test
    void anUnknownHeadIsWrongUsage() {
        assertThat(parse("--head", "yolo12").head()).isEqualTo("yolo12");
        assertThatThrownBy(() -> parse("--head", "ssd"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContainingAll("--head is ssd", "yolov8 (also yolov9");
    }

    @Test
    void oursFollowsByPixelsUnlessItIsToldOtherwise() {
        assertThat(parse("--interval", "3").follow().trackers().create()).isInstanceOf(SkipTracker.class);
        assertThat(parse("--tracker", "BYTETRACK").follow().trackers().create()).isInstanceOf(ByteTracker.class);
        assertThat(parse("--pixels", "false").follow().trackers().create()).isInstanceOf(SkipTracker.class);
        assertThatThrownBy(() -> parse("--interval", "0"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--interval is 0; allowed: 1 or more, or adaptive");
        assertThatThrownBy(() -> parse("--interval", "often"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--interval is often; allowed: 1 or more, or adaptive");
        assertThatThrownBy(() -> parse("--budget", "0"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--budget is 0.0; allowed: above 0, at most 1");
    }

    @Test
    void csrtIsAskedForByNameAndNothingElseIsAWordForPixels() {
        assertThat(parse("--interval", "3", "--pixels", "csrt").follow().usesPixels())
                .isTrue();
        assertThat(parse("--interval", "3", "--pixels", "csrt")
                        .follow()
                        .trackers()
                        .create())
                .isInstanceOf(SkipTracker.class);
        assertThat(parse("--pixels", "false").follow().usesPixels()).isFalse();
        assertThatThrownBy(() -> parse("--pixels", "kcf"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--pixels is kcf; allowed: true, false or csrt");
    }

    @Test
    void directivesAreABudgetForTracksThatChoose() {
        assertThat(parse("--interval", "adaptive", "--directives").obeysDirectives())
                .isTrue();
        assertThat(parse("--interval", "adaptive").obeysDirectives()).isFalse();
        assertThatThrownBy(() -> parse("--directives", "--interval", "3").obeysDirectives())
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("allowed: together with --interval adaptive");
    }

    @Test
    void camerasOfASubtaskShareCallsPerSecondAndEachHasItsOwnShareOfFrames() {
        CadenceFactory own =
                parse("--interval", "adaptive", "--budget", "0.5").follow().cadences();
        assertThat(((AdaptiveCadence) own.create()).budget()).isNotSameAs(((AdaptiveCadence) own.create()).budget());
        CadenceFactory shared = parse("--interval", "adaptive", "--calls-per-second", "20")
                .follow()
                .cadences();
        assertThat(((AdaptiveCadence) shared.create()).budget()).isSameAs(((AdaptiveCadence) shared.create()).budget());
        assertThat(parse("--interval", "3").follow().cadences().create()).isInstanceOf(FixedCadence.class);
    }

    private static PerceptionOptions parse(String... args) {
        PerceptionOptions options = new PerceptionOptions();
        new CommandLine(options).parseArgs(args);
        return options;
    }
}
