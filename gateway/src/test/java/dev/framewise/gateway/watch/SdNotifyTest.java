package dev.framewise.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SdNotifyTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    /** Java has no datagram unix socket to listen on either. */
    private static final String LISTENER = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[1])
            s.settimeout(30)
            print("listening", flush=True)
            for _ in range(3):
                print(s.recv(1000).decode(), flush=True)
            """;

    @TempDir
    Path directory;

    @Test
    void eachMessageIsOneDatagram() throws Exception {
        if (!Files.isExecutable(PYTHON)) {
            System.out.println("[WARNING] NOT TESTED: there is no " + PYTHON
                    + " to stand in for systemd; install python3-minimal");
            Assumptions.abort("no " + PYTHON);
        }
        Path socket = directory.resolve("notify");
        Process systemd = new ProcessBuilder(PYTHON.toString(), "-c", LISTENER, socket.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader heard =
                new BufferedReader(new InputStreamReader(systemd.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(heard.readLine()).isEqualTo("listening");
            SdNotify notify = new SdNotify(Optional.of(socket.toString()));
            notify.ready();
            notify.alive();
            notify.status("two cameras");

            assertThat(heard.readLine()).isEqualTo("READY=1");
            assertThat(heard.readLine()).isEqualTo("WATCHDOG=1");
            assertThat(heard.readLine()).isEqualTo("STATUS=two cameras");
        } finally {
            systemd.destroyForcibly();
        }
    }

    @Test
    void withoutSystemdNothingHappens() {
        new SdNotify(Optional.empty()).ready();
        new SdNotify(Optional.of(directory.resolve("nobody").toString())).ready();
    }
}
