package dev.framewise.gateway.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.framewise.gateway.board.BoardModel;
import dev.framewise.gateway.outbox.OutboxSettings;
import dev.framewise.thermal.ThermalOptions;
import dev.framewise.thermal.sim.ReferenceBoardOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a gateway's YAML file. All problems are reported together; an unknown key is one. */
public final class GatewayConfigFile {
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private static final String PI5 = "raspberry-pi-5";

    private final List<String> problems = new ArrayList<>();

    private GatewayConfigFile() {}

    /**
     * Reads a file.
     *
     * @throws ConfigException with every problem of its content
     * @throws IOException if it cannot be read
     */
    public static GatewayConfig read(Path file) throws ConfigException, IOException {
        return parse(Files.readString(file), file.toString());
    }

    /**
     * Reads the text of a file.
     *
     * @param name of the file, for messages
     */
    static GatewayConfig parse(String text, String name) throws ConfigException {
        JsonNode root;
        try {
            root = YAML.readTree(text);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new ConfigException(name, List.of("line " + line + ": " + e.getOriginalMessage()));
        }
        GatewayConfigFile file = new GatewayConfigFile();
        Section top = new Section(root, "", file.problems);
        GatewayConfig config;
        try {
            config = file.gateway(top);
        } catch (IllegalArgumentException e) {
            file.problems.add(e.getMessage());
            throw new ConfigException(name, file.problems);
        }
        top.rejectUnknown();
        if (!file.problems.isEmpty()) {
            throw new ConfigException(name, file.problems);
        }
        return config;
    }

    private GatewayConfig gateway(Section top) {
        String device = top.get(GatewayOptions.DEVICE);
        String configured = top.get(GatewayOptions.PROFILE);
        BoardSettings read = board(top.section("board"));
        String profile = profile(configured, read);
        // what is known of a board may serve where the file says nothing
        BoardSettings board = profile.equals(PI5) && read.power().isEmpty()
                ? read.withPower(BoardSettings.PowerModel.RASPBERRY_PI_5)
                : read;
        return new GatewayConfig(
                device,
                profile,
                kafka(top.section("kafka")),
                top.get(GatewayOptions.CAPTURE_CLOCK),
                Optional.ofNullable(top.get(GatewayOptions.CLIP_START)),
                top.get(GatewayOptions.TELEMETRY_INTERVAL),
                cameras(top.list("cameras")),
                board,
                thermal(top.section("thermal")),
                stateDirectory(top.get(GatewayOptions.STATE_DIRECTORY)),
                outbox(top.section("outbox")),
                health(top.section("health")));
    }

    private static String profile(String configured, BoardSettings board) {
        if (configured != null) {
            return configured;
        }
        return board.kind() == BoardSettings.Kind.SIMULATED
                ? GatewayConfig.SIMULATED_PROFILE
                : BoardModel.read(board.places()).profile();
    }

    private static Optional<Path> stateDirectory(Path configured) {
        String fromSystemd = System.getenv("STATE_DIRECTORY");
        return configured != null
                ? Optional.of(configured)
                : Optional.ofNullable(fromSystemd)
                        .filter(text -> !text.isBlank())
                        .map(Path::of);
    }

    private static int health(Section section) {
        int port = Math.toIntExact(section.get(GatewayOptions.HEALTH_PORT));
        section.rejectUnknown();
        return port;
    }

    private static OutboxSettings outbox(Section section) {
        OutboxSettings defaults = OutboxSettings.defaults();
        long megabytes = section.get(GatewayOptions.OUTBOX_MEGABYTES);
        Duration maxAge = section.get(GatewayOptions.OUTBOX_AGE);
        long drain = section.get(GatewayOptions.OUTBOX_DRAIN);
        long days = section.get(GatewayOptions.LOG_DAYS);
        section.rejectUnknown();
        return new OutboxSettings(
                megabytes << 20, maxAge, defaults.commitInterval(), defaults.memoryBytes(), drain << 10, days);
    }

    private static KafkaSettings kafka(Section section) {
        String bootstrap = section.get(GatewayOptions.BOOTSTRAP);
        Map<String, String> properties = section.texts("properties");
        section.rejectUnknown();
        return new KafkaSettings(bootstrap, properties);
    }

    private List<CameraSettings> cameras(List<Section> sections) {
        List<CameraSettings> cameras = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section : sections) {
            CameraSettings camera = new CameraSettings(
                    section.get(GatewayOptions.CAMERA_NAME),
                    section.get(GatewayOptions.SOURCE),
                    section.get(GatewayOptions.PACE),
                    section.get(GatewayOptions.LOOP),
                    section.get(GatewayOptions.FRAMES),
                    Math.toIntExact(section.get(GatewayOptions.QUALITY)),
                    new CameraSettings.Wish(
                            Math.toIntExact(section.get(GatewayOptions.WIDTH)),
                            Math.toIntExact(section.get(GatewayOptions.HEIGHT)),
                            section.get(GatewayOptions.FPS)),
                    section.get(GatewayOptions.GRAB_TIMEOUT),
                    Math.toIntExact(section.get(GatewayOptions.INTERVAL)));
            section.rejectUnknown();
            if (camera.name() != null && !names.add(camera.name())) {
                problems.add("cameras: the name " + camera.name() + " is given twice; allowed: unique names");
            }
            cameras.add(camera);
        }
        return cameras;
    }

    private BoardSettings board(Section section) {
        BoardSettings.Kind kind = section.get(GatewayOptions.KIND);
        double ambient = section.get(GatewayOptions.AMBIENT);
        Double soc = section.get(GatewayOptions.SOC);
        double noise = section.get(GatewayOptions.NOISE);
        long seed = section.get(GatewayOptions.SEED);
        double speed = section.get(GatewayOptions.SPEED);
        Double idle = section.get(GatewayOptions.IDLE_WATTS);
        Double busy = section.get(GatewayOptions.BUSY_WATTS);
        BoardSettings.Places places = new BoardSettings.Places(
                section.get(GatewayOptions.SYSFS),
                section.get(GatewayOptions.PROC),
                section.get(GatewayOptions.VCGENCMD),
                section.get(GatewayOptions.TEGRASTATS));
        section.rejectUnknown();
        if ((idle == null) != (busy == null)) {
            problems.add("board.idleWatts and board.busyWatts: one alone is no model; allowed: both, or neither");
        }
        ReferenceBoardOptions start = ReferenceBoardOptions.warm(ambient, soc == null ? ambient : soc);
        Optional<BoardSettings.PowerModel> power =
                idle == null || busy == null ? Optional.empty() : Optional.of(new BoardSettings.PowerModel(idle, busy));
        return new BoardSettings(kind, start.withSensorNoise(noise, seed), speed, power, places);
    }

    private ThermalOptions thermal(Section section) {
        ThermalOptions defaults = ThermalOptions.defaults();
        double start = section.get(GatewayOptions.START);
        double stop = section.get(GatewayOptions.STOP);
        double floor = section.get(GatewayOptions.FLOOR);
        Duration check = section.get(GatewayOptions.CHECK);
        Duration stale = section.get(GatewayOptions.STALE);
        section.rejectUnknown();
        try {
            return new ThermalOptions(
                    start,
                    stop,
                    floor,
                    check,
                    stale,
                    defaults.minCelsius(),
                    defaults.maxCelsius(),
                    // only a sender of directives needs it; the local law sends none
                    /* validity= */ check.multipliedBy(2));
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
            return defaults;
        }
    }
}
