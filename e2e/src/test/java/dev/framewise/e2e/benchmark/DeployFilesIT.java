package dev.framewise.e2e.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in deploy/, in the hands of the programs that it is for. */
class DeployFilesIT {
    private static final Path REPO = Path.of("..").toAbsolutePath().normalize();
    private static final Path SYSTEMD_ANALYZE = Path.of("/usr/bin/systemd-analyze");

    @TempDir
    Path directory;

    @Test
    void prometheusTakesItsSettings() throws Exception {
        assertPasses(promtool(), "check", "config", "deploy/prometheus/prometheus.yml");
    }

    @Test
    void theAlertsFireWhenTheyMustAndOnlyThen() throws Exception {
        assertPasses(promtool(), "test", "rules", "deploy/prometheus/rules-test.yml");
    }

    @Test
    void systemdTakesTheGatewaysUnit() throws Exception {
        if (!Files.isExecutable(SYSTEMD_ANALYZE)) {
            NotTested.because("there is no " + SYSTEMD_ANALYZE + "; install the package 'systemd'");
        }
        // systemd looks whether the program of a unit is there: here it is the one of this checkout.
        Path unit = directory.resolve("framewise-gateway.service");
        String text = Files.readString(REPO.resolve("deploy/systemd/framewise-gateway.service"));
        Files.writeString(
                unit,
                text.replace(
                        "/opt/framewise/bin/framewise",
                        REPO.resolve("deploy/gateway/framewise").toString()));
        // Of a key that it does not know it only complains; and it may complain about other units of this machine.
        assertThat(assertPasses(SYSTEMD_ANALYZE.toString(), "verify", "--man=no", unit.toString())
                        .lines())
                .noneMatch(line -> line.contains(unit.getFileName().toString()));
    }

    private static String promtool() throws IOException, InterruptedException {
        return PrometheusPackage.locate("promtool").toString();
    }

    /** Runs a program in the repository's root; returns what it said. */
    private static String assertPasses(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(REPO.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
