package dev.framewise.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.framewise.gateway.board.BoardModel;
import dev.framewise.thermal.ThermalOptions;
import dev.framewise.thermal.sim.ReferenceBoardOptions;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GatewayConfigFileTest {

    @Test
    void theLeastFileHasAllDefaults() throws ConfigException {
        GatewayConfig config = GatewayConfigFile.parse("""
                device: board-1
                kafka: {bootstrap: "localhost:9092"}
                cameras: [{name: gate, source: gate.avi}]
                """, "gateway.yaml");

        GatewayConfig expected =
                GatewayConfig.of("board-1", "localhost:9092", List.of(CameraSettings.of("gate", "gate.avi")));
        assertThat(config.board().kind())
                .as("the board it runs on, never a simulated one")
                .isEqualTo(BoardSettings.Kind.REAL);
        assertThat(config.profile())
                .isEqualTo(BoardModel.read(BoardSettings.Places.USUAL).profile());
        assertThat(config.withThermal(ThermalOptions.defaults()).withBoard(expected.board()))
                .usingRecursiveComparison()
                .ignoringFields("profile")
                .isEqualTo(expected);
        assertThat(config.thermal().startCelsius()).isEqualTo(75);
    }

    @Test
    void everyOptionIsRead() throws ConfigException {
        GatewayConfig config = GatewayConfigFile.parse("""
                device: board-1
                profile: raspberry-pi-5
                captureClock: clip
                clipStart: 2026-01-01T00:00:00Z
                telemetryInterval: 500 ms
                kafka:
                  bootstrap: a:1,b:2
                  properties: {security.protocol: SSL}
                cameras:
                  - {name: gate, source: rtsp://camera/1, pace: fast, loop: true, frames: 100, quality: 75, interval: 3}
                board: {kind: none, ambientCelsius: 50, socCelsius: 78, noiseCelsius: 0.5, seed: 3, speed: 10,
                        idleWatts: 3, busyWatts: 12, sysfs: /host/sys, proc: /host/proc,
                        vcgencmd: /host/vcgencmd, tegrastats: /host/tegrastats}
                thermal: {startCelsius: 70, stopCelsius: 80, floorFactor: 0.1, checkInterval: 2 s, staleAfter: 10 s}
                """, "gateway.yaml");

        assertThat(config.profile()).isEqualTo("raspberry-pi-5");
        assertThat(config.captureClock()).isEqualTo(GatewayConfig.CaptureClock.CLIP);
        assertThat(config.clipStart()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(config.telemetryInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.kafka()).isEqualTo(new KafkaSettings("a:1,b:2", Map.of("security.protocol", "SSL")));
        assertThat(config.cameras())
                .containsExactly(new CameraSettings("gate", "rtsp://camera/1", CameraSettings.Pace.FAST, true, 100, 75)
                        .withInterval(3));
        assertThat(config.board())
                .isEqualTo(new BoardSettings(
                        BoardSettings.Kind.NONE,
                        ReferenceBoardOptions.warm(50, 78).withSensorNoise(0.5, 3),
                        10,
                        Optional.of(new BoardSettings.PowerModel(3, 12)),
                        new BoardSettings.Places(
                                Path.of("/host/sys"),
                                Path.of("/host/proc"),
                                Path.of("/host/vcgencmd"),
                                Path.of("/host/tegrastats"))));
        assertThat(config.thermal().stopCelsius()).isEqualTo(80);
        assertThat(config.thermal().staleAfter()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void allProblemsAreReportedTogether() {
        ConfigException problems = problemsOf("""
                device: "board 1"
                telemetryInterval: 5 minutes
                kafka: {}
                cameras:
                  - {name: gate, source: a.avi, quality: 101, rate: 5}
                  - {name: gate, pace: slow, loop: yes please, frames: 0, interval: 0}
                board: {speed: -1, idleWatts: 3}
                thermal: {startCelsius: 80, stopCelsius: 70}
                outboxes: {}
                """);

        assertThat(problems.problems())
                .containsExactly(
                        "device = \"board 1\"; allowed: 1 to 100 letters, digits, '.', '_', '-'",
                        "board.speed = -1; allowed: 0.01 to 1000",
                        "board.idleWatts and board.busyWatts: one alone is no model; allowed: both, or neither",
                        "kafka.bootstrap is missing; allowed: host:port, several separated by commas",
                        "telemetryInterval = \"5 minutes\"; allowed: 100 ms to 1 min",
                        "cameras[0].quality = 101; allowed: 1 to 100",
                        "cameras[0].rate is unknown; known here: fps, frames, grabTimeout, height, interval, loop, name,"
                                + " pace, quality, source, width",
                        "cameras[1].source is missing; allowed: a file, a folder of JPEGs, an rtsp:, rtmp: or http: address,"
                                + " /dev/videoN or /dev/v4l/by-id/..., or test:640x480@15",
                        "cameras[1].pace = \"slow\"; allowed: source or fast",
                        "cameras[1].loop = \"yes please\"; allowed: true or false",
                        "cameras[1].frames = 0; allowed: at least 1",
                        "cameras[1].interval = 0; allowed: 1 to 10000",
                        "cameras: the name gate is given twice; allowed: unique names",
                        "thermal options: stopCelsius = 70.0 must be above startCelsius = 80.0",
                        "outboxes is unknown; known here: board, cameras, captureClock, clipStart, device, health,"
                                + " kafka, outbox, profile, stateDirectory, telemetryInterval, thermal");
        assertThat(problems).hasMessageStartingWith("gateway.yaml: 15 problems\n  device = ");
    }

    @Test
    void anEmptyFileMissesWhatIsRequired() {
        assertThat(problemsOf("").problems())
                .containsExactly(
                        "device is missing; allowed: 1 to 100 letters, digits, '.', '_', '-'",
                        "kafka.bootstrap is missing; allowed: host:port, several separated by commas",
                        "cameras must be a list with at least one entry");
    }

    @Test
    void sectionsOfTheWrongShapeAreNamed() {
        assertThat(problemsOf("device: board-1\nkafka: localhost:9092\ncameras: gate\nboard: [1]")
                        .problems())
                .contains(
                        "kafka. must hold keys and values",
                        "cameras must be a list with at least one entry",
                        "board. must hold keys and values");
        assertThat(problemsOf("just words").problems()).contains("the file must hold keys and values");
    }

    @Test
    void brokenYamlIsNamedByItsLine() {
        assertThat(problemsOf("device: board-1\nkafka: {bootstrap: \n").problems())
                .singleElement()
                .asString()
                .startsWith("line ");
        assertThat(problemsOf("device: a\ndevice: b\n").problems())
                .singleElement()
                .asString()
                .contains("device");
    }

    @Test
    void theReferencePageIsUpToDate() throws IOException {
        Path generated = Path.of("target", "options.md");
        Files.writeString(generated, GatewayOptions.reference());

        assertThat(Path.of("options.md"))
                .as("copy gateway/target/options.md to gateway/options.md")
                .hasSameTextualContentAs(generated);
    }

    /** A value out of any range, for each documented key: whoever reads it complains, whoever does not know it, too. */
    @Test
    void everyDocumentedKeyIsReadAndEveryKeyThatIsReadIsDocumented() throws Exception {
        Set<String> documented = new TreeSet<>();
        Matcher row = Pattern.compile("(?m)^\\| `([\\w.\\[\\]]+)` \\|").matcher(GatewayOptions.reference());
        while (row.find()) {
            documented.add(row.group(1));
        }
        Map<String, List<String>> sections = new LinkedHashMap<>();
        for (String key : documented) {
            int dot = key.lastIndexOf('.');
            sections.computeIfAbsent(key.substring(0, dot + 1), section -> new ArrayList<>())
                    .add(key.substring(dot + 1));
        }
        StringBuilder yaml = new StringBuilder();
        sections.forEach((section, keys) -> {
            if (section.equals("cameras[].")) {
                yaml.append("cameras:\n- \n");
            } else if (!section.isEmpty()) {
                yaml.append(section.replace(".", ":\n"));
            }
            keys.forEach(key ->
                    yaml.append(section.isEmpty() ? "" : "    ").append(key).append(": [wrong]\n"));
        });

        List<String> problems = problemsOf(yaml.toString()).problems();

        assertThat(problems.stream()
                        .filter(problem -> problem.contains(" = [\"wrong\"]; allowed: "))
                        .map(problem ->
                                problem.substring(0, problem.indexOf(' ')).replace("[0]", "[]")))
                .containsExactlyInAnyOrderElementsOf(documented);
        assertThat(problems).noneMatch(problem -> problem.contains("is unknown"));
        Set<String> declared = new TreeSet<>();
        for (Field field : GatewayOptions.class.getDeclaredFields()) {
            if (field.getType() == Option.class) {
                declared.add(((Option<?>) field.get(null)).key());
            }
        }
        assertThat(documented.stream().map(key -> key.substring(key.lastIndexOf('.') + 1)))
                .as("an option that no section of the page has")
                .containsAll(declared);
    }

    private static ConfigException problemsOf(String text) {
        return catchThrowableOfType(ConfigException.class, () -> GatewayConfigFile.parse(text, "gateway.yaml"));
    }
}
