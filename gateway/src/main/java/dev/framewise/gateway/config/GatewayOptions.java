package dev.framewise.gateway.config;

import dev.framewise.gateway.outbox.OutboxSettings;
import dev.framewise.thermal.ThermalOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every option of a gateway's configuration file; {@link #reference()} is the page about them. */
public final class GatewayOptions {
    private static final ThermalOptions LAW = ThermalOptions.defaults();

    static final Option<String> DEVICE = Options.name("device", "The board's name, unique over the fleet.");
    static final Option<String> PROFILE = Options.optionalText(
            "profile", "what the board says it is", "not blank", "The board's hardware, for reports.");
    static final Option<GatewayConfig.CaptureClock> CAPTURE_CLOCK = Options.choice(
            "captureClock",
            GatewayConfig.CaptureClock.class,
            GatewayConfig.CaptureClock.WALL,
            "What dates the pictures: the wall clock, or their place in the clip, so that two runs publish the same.");
    static final Option<Instant> CLIP_START = Options.instant(
            "clipStart", "start of the gateway", "With captureClock clip: when the first picture was captured.");
    static final Option<Duration> TELEMETRY_INTERVAL = Options.duration(
            "telemetryInterval",
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofMinutes(1),
            "Time between two sensor readings.");

    static final Option<Path> STATE_DIRECTORY = Options.path(
            "stateDirectory",
            "$STATE_DIRECTORY, which systemd sets; else none",
            "Where the outbox, the boot epoch and the device's own log are, for this gateway alone. Without one,"
                    + " nothing is kept while Kafka is away.");

    static final Option<Long> OUTBOX_MEGABYTES = Options.whole(
            "megabytes",
            2048,
            "2048",
            1,
            1 << 20,
            "Records on the disk at most, MiB; SQLite needs a tenth more. Fewer where the disk has less room: 64 MiB of it stay free.");
    static final Option<Duration> OUTBOX_AGE = Options.duration(
            "maxAge",
            OutboxSettings.defaults().maxAge(),
            Duration.ofMinutes(1),
            Duration.ofDays(365),
            "Older records lose their pictures; counted while the gateway runs, so that no clock can cause it.");
    static final Option<Long> OUTBOX_DRAIN = Options.whole(
            "drainKilobytesPerSecond",
            4096,
            "4096",
            16,
            1 << 20,
            "How fast the backlog is sent beside live frames, KiB a second. The job looks at every frame of it: what it cannot spare makes live frames wait.");
    static final Option<Long> LOG_DAYS =
            Options.whole("logDays", 7, "7", 1, 3650, "How long events and telemetry are kept on the device itself.");

    static final Option<Long> HEALTH_PORT =
            Options.whole("port", 0, "0", 0, 65_535, "Port of localhost for /healthz and /metrics; 0 for none.");

    static final Option<String> BOOTSTRAP =
            Options.text("bootstrap", null, "host:port, several separated by commas", "Where Kafka is.");

    static final Option<String> CAMERA_NAME = Options.name("name", "The camera's name, unique over the fleet.");
    static final Option<String> SOURCE = Options.text(
            "source",
            null,
            "a file, a folder of JPEGs, an rtsp:, rtmp: or http: address, /dev/videoN or /dev/v4l/by-id/..., or test:640x480@15",
            "Where the pictures come from.");
    static final Option<CameraSettings.Pace> PACE = Options.choice(
            "pace",
            CameraSettings.Pace.class,
            CameraSettings.Pace.SOURCE,
            "How fast a clip is read: as the camera took it, or as fast as possible.");
    static final Option<Boolean> LOOP = Options.flag("loop", false, "Whether a clip begins again at its end.");
    static final Option<Long> FRAMES =
            Options.whole("frames", Long.MAX_VALUE, "all", 1, Long.MAX_VALUE, "Pictures to take at most.");
    static final Option<Long> QUALITY = Options.whole(
            "quality",
            CameraSettings.DEFAULT_JPEG_QUALITY,
            Integer.toString(CameraSettings.DEFAULT_JPEG_QUALITY),
            1,
            100,
            "JPEG quality of pictures that do not come as JPEG.");

    static final Option<Long> WIDTH = Options.whole(
            "width", 0, "the camera's own", 0, 16_384, "What a camera of this machine is asked for, pixels.");
    static final Option<Long> HEIGHT = Options.whole(
            "height", 0, "the camera's own", 0, 16_384, "What a camera of this machine is asked for, pixels.");
    static final Option<Double> FPS =
            Options.number("fps", 0, 0, 1000, "What a camera of this machine is asked for; 0 for its own.");
    static final Option<Duration> GRAB_TIMEOUT = Options.duration(
            "grabTimeout",
            CameraSettings.GRAB_TIMEOUT,
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            "A live source that gives no picture for this long is left to itself and opened anew.");

    static final Option<Long> INTERVAL = Options.whole(
            "interval",
            CameraSettings.EVERY_FRAME,
            Integer.toString(CameraSettings.EVERY_FRAME),
            1,
            10_000,
            "Send the picture of one of this many frames, and of the others only that they were captured: the job looks at"
                    + " those that come, and follows by motion in between. A directive may ask for a longer interval.");

    static final Option<BoardSettings.Kind> KIND = Options.choice(
            "kind",
            BoardSettings.Kind.class,
            BoardSettings.Kind.REAL,
            "Where sensor readings come from: real is what this machine has (Raspberry Pi, Jetson, any Linux), simulated a"
                    + " model for trials; a board without a thermometer, and one of kind none, counts as hot.");
    static final Option<Double> AMBIENT =
            Options.number("ambientCelsius", 25, -40, 85, "Air around the simulated board's heatsink.");
    static final Option<Double> SOC =
            Options.number("socCelsius", null, "ambientCelsius", -40, 120, "The simulated SoC at the start.");
    static final Option<Double> NOISE =
            Options.number("noiseCelsius", 0, 0, 10, "Standard deviation of the simulated thermometer.");
    static final Option<Long> SEED = Options.whole("seed", 0, "0", 0, Long.MAX_VALUE, "Of the noise.");
    static final Option<Double> SPEED =
            Options.number("speed", 1, 0.01, 1000, "Simulated board seconds per real second.");

    static final Option<Double> IDLE_WATTS = Options.number(
            "idleWatts",
            null,
            "2.7 on a Raspberry Pi 5, else none",
            0,
            1000,
            "What a real board draws at no load, for an estimate where it measures nothing; with busyWatts.");
    static final Option<Double> BUSY_WATTS = Options.number(
            "busyWatts",
            null,
            "9 on a Raspberry Pi 5, else none",
            0,
            1000,
            "What it draws at full load: the estimate is between the two by the load.");

    static final Option<Path> SYSFS = Options.path(
            "sysfs",
            BoardSettings.Places.USUAL.sysfs(),
            "Where a real board's thermal zones, clocks, rails, energy counters and, on x86, its name are; a container may have"
                    + " them elsewhere.");
    static final Option<Path> PROC = Options.path(
            "proc", BoardSettings.Places.USUAL.proc(), "Where a real board's load and, on ARM, its name are.");
    static final Option<Path> VCGENCMD = Options.path(
            "vcgencmd",
            BoardSettings.Places.USUAL.vcgencmd(),
            "A Raspberry Pi's program for temperature, throttling, clocks and power; not asked where there is none.");
    static final Option<Path> TEGRASTATS = Options.path(
            "tegrastats",
            BoardSettings.Places.USUAL.tegrastats(),
            "A Jetson's program, asked for what sysfs does not show; not where there is none.");

    static final Option<Double> START =
            Options.number("startCelsius", LAW.startCelsius(), 30, 110, "The local law throttles from here on.");
    static final Option<Double> STOP =
            Options.number("stopCelsius", LAW.stopCelsius(), 30, 125, "No frames from here on; above startCelsius.");
    static final Option<Double> FLOOR =
            Options.number("floorFactor", LAW.floorFactor(), 0, 1, "Least share of the frame rate below stopCelsius.");
    static final Option<Duration> CHECK = Options.duration(
            "checkInterval",
            LAW.checkInterval(),
            Duration.ofMillis(100),
            Duration.ofMinutes(5),
            "Time between two decisions of the local law.");
    static final Option<Duration> STALE = Options.duration(
            "staleAfter",
            LAW.staleAfter(),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            "A reading older than this counts as hot.");

    private GatewayOptions() {}

    private static Map<String, List<Option<?>>> sections() {
        Map<String, List<Option<?>>> sections = new LinkedHashMap<>();
        sections.put("", List.of(DEVICE, PROFILE, CAPTURE_CLOCK, CLIP_START, TELEMETRY_INTERVAL, STATE_DIRECTORY));
        sections.put("kafka.", List.of(BOOTSTRAP));
        sections.put(
                "cameras[].",
                List.of(CAMERA_NAME, SOURCE, PACE, LOOP, FRAMES, QUALITY, WIDTH, HEIGHT, FPS, GRAB_TIMEOUT, INTERVAL));
        sections.put(
                "board.",
                List.of(
                        KIND,
                        AMBIENT,
                        SOC,
                        NOISE,
                        SEED,
                        SPEED,
                        IDLE_WATTS,
                        BUSY_WATTS,
                        SYSFS,
                        PROC,
                        VCGENCMD,
                        TEGRASTATS));
        sections.put("thermal.", List.of(START, STOP, FLOOR, CHECK, STALE));
        sections.put("outbox.", List.of(OUTBOX_MEGABYTES, OUTBOX_AGE, OUTBOX_DRAIN, LOG_DAYS));
        sections.put("health.", List.of(HEALTH_PORT));
        return sections;
    }

    /** The reference page of all options, Markdown. */
    public static String reference() {
        StringBuilder page = new StringBuilder();
        page.append("# Options of the gateway\n\n")
                .append("Generated from `GatewayOptions`; a test fails on a difference. An unknown key is an error. ")
                .append("`kafka.properties` passes further properties on to Kafka's clients.\n\n")
                .append("| key | default | allowed | meaning |\n|---|---|---|---|\n");
        sections()
                .forEach((section, options) -> options.forEach(option -> page.append("| `")
                        .append(section)
                        .append(option.key())
                        .append("` | ")
                        .append(option.defaultText())
                        .append(" | ")
                        .append(option.range())
                        .append(" | ")
                        .append(option.description())
                        .append(" |\n")));
        return page.toString();
    }
}
