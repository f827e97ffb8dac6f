package dev.framewise.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GatewayCommandTest {
    @TempDir
    Path directory;

    private final StringWriter err = new StringWriter();
    private final CommandLine command = new CommandLine(new GatewayCommand()).setErr(new PrintWriter(err));

    @Test
    void wrongConfigurationIsWrongUsage() throws Exception {
        Path file = Files.writeString(directory.resolve("gateway.yaml"), "device: a b\nspeed: 3\n");

        assertThat(command.execute("--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("gateway.yaml: 4 problems", "device = \"a b\"", "speed is unknown");
    }

    @Test
    void aFileThatIsMissingIsWrongUsage() {
        assertThat(command.execute("--config", directory.resolve("none.yaml").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none.yaml cannot be read");
    }

    @Test
    void noFileIsWrongUsage() {
        assertThat(command.execute()).isEqualTo(2);
    }

    @Test
    void aClipThatIsMissingIsAFailure() throws Exception {
        Path file = Files.writeString(
                directory.resolve("gateway.yaml"),
                "device: a\nkafka: {bootstrap: \"127.0.0.1:1\"}\ncameras: [{name: c, source: nowhere.avi}]\n");

        assertThat(command.execute("--config", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("camera c: nowhere.avi cannot be opened");
    }
}
