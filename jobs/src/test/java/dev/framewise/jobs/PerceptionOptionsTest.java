package dev.framewise.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.vision.provider.CpuOptions;
import dev.framewise.vision.provider.CudaOptions;
import dev.framewise.vision.provider.ProviderOptions;
import org.junit.jupiter.api.Test;
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

    private static PerceptionOptions parse(String... args) {
        PerceptionOptions options = new PerceptionOptions();
        new CommandLine(options).parseArgs(args);
        return options;
    }
}
