package dev.framewise.gateway.edge;

import dev.framewise.gateway.Camera;
import dev.framewise.gateway.GatewayException;
import dev.framewise.gateway.GatewayParts;
import dev.framewise.gateway.board.BoardModel;
import dev.framewise.gateway.capture.PictureWatch;
import dev.framewise.gateway.capture.SteadyWallClock;
import dev.framewise.gateway.capture.VideoSources;
import dev.framewise.gateway.config.BoardSettings;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.CameraSettings.Pace;
import dev.framewise.gateway.config.ConfigException;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.gateway.config.GatewayConfigFile;
import dev.framewise.gateway.outbox.EventLog;
import dev.framewise.gateway.outbox.StoreAndForward;
import dev.framewise.schemas.Topic;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.asset.AssetException;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code framewise edge}: see the package. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the board lacks something. */
@Command(
        name = "edge",
        description = "The device's own loop: detect, skip, track, overlay, statistics; no Kafka needed.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class EdgeCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int ENVIRONMENT = 3;
    private static final long TELL_SECONDS = 5;

    @Option(
            names = "--source",
            paramLabel = "SRC",
            description = "As cameras[].source in gateway/options.md, or a clip of the catalog")
    private String source;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The gateway's YAML file: device, stateDirectory, kafka and, without --source, its first camera")
    private Path configFile;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where events are kept (SQLite). Default: the file's stateDirectory; without one, nowhere")
    private Path state;

    @Mixin
    private SeeingOptions seeing;

    @Mixin
    private ShowingOptions showing;

    @Option(
            names = "--pace",
            defaultValue = "SOURCE",
            description = "Of clips: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private Pace pace;

    @Option(names = "--frames", paramLabel = "N", description = "Frames to take at most. Default: all")
    private Long frames;

    @Option(
            names = "--presets",
            help = true,
            description = "Only list the presets and what is published of their boards")
    private boolean presets;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, ModelException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (presets) {
            out.println(EdgePreset.table());
            return 0;
        }
        Optional<GatewayConfig> config = config();
        BoardModel machine =
                BoardModel.read(config.map(known -> known.board().places()).orElse(BoardSettings.Places.USUAL));
        Optional<String> refusal = seeing.refusal(machine);
        if (refusal.isEmpty()) {
            refusal = showing.refusal();
        }
        if (refusal.isPresent()) {
            err.println("edge: " + refusal.get());
            return ENVIRONMENT;
        }
        try {
            return run(camera(config), config, machine);
        } catch (AssetException e) {
            err.println("edge: " + e.getMessage());
            return ENVIRONMENT;
        } catch (GatewayException | ModelException e) {
            err.println("edge: " + e.getMessage());
            return e instanceof ModelException && seeing.needsItsProvider() ? ENVIRONMENT : FAILED;
        }
    }

    private int run(CameraSettings settings, Optional<GatewayConfig> config, BoardModel machine)
            throws IOException, InterruptedException, ModelException {
        PrintWriter out = spec.commandLine().getOut();
        GatewayParts parts = GatewayParts.real();
        EventLog log =
                new EventLog(() -> SteadyWallClock.micros(parts.wallClock().instant()));
        PictureWatch watch =
                new PictureWatch(settings.name(), VideoSources.isLive(settings.source()), log, parts.nanoTicker());
        Detector detector = seeing.open();
        List<FrameWatcher> watchers = new ArrayList<>();
        watchers.add(new FrameWatcher() {
            @Override
            public void see(EdgeFrame frame) {
                watch.see(frame.jpeg);
            }
        });
        Optional<EdgeEvents> events = events(settings, config, detector, log, parts);
        events.ifPresent(watchers::add);
        showing.overlay(detector.info().classNames(), out).ifPresent(watchers::add);
        EdgeLoop loop = new EdgeLoop(
                detector,
                seeing.tracker(),
                seeing.cadence(),
                new SteadyWallClock(parts.wallClock(), parts.nanoTicker()),
                parts.nanoTicker(),
                watchers,
                settings.maxFrames());
        Camera camera = new Camera(settings, parts, log, watch, fps -> loop);
        CountDownLatch ended = new CountDownLatch(1);
        Thread stop = new Thread(() -> close(camera), "edge-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        out.println("edge: " + settings.shownSource() + ", " + seeing.text(detector.info()) + "; Ctrl-C ends it");
        camera.start();
        camera.onEnd(ended::countDown);
        while (!ended.await(TELL_SECONDS, TimeUnit.SECONDS)) {
            camera.check();
            out.println(loop.stats().line() + events.map(EdgeCommand::waiting).orElse(""));
            out.flush();
        }
        out.println(loop.stats().line());
        // what is published of this board is told whether or not its settings were asked for
        showing.report(loop.stats(), seeing.preset().or(() -> EdgePreset.of(machine)), out);
        if (camera.failure() != null) {
            throw camera.failure();
        }
        return 0;
    }

    private static String waiting(EdgeEvents events) {
        return ", Kafka " + (events.stats().linked() ? "up" : "away") + ", "
                + events.stats().records() + " rows wait";
    }

    private static void close(Camera camera) {
        try {
            camera.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<GatewayConfig> config() throws IOException {
        if (configFile == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(GatewayConfigFile.read(configFile));
        } catch (ConfigException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private CameraSettings camera(Optional<GatewayConfig> config) {
        if (source == null && config.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "say which camera: --source or --config");
        }
        CameraSettings camera = source == null
                ? config.get().cameras().get(0)
                : CameraSettings.of("edge", located(source)).withWish(seeing.wish());
        return camera.withPace(pace).withMaxFrames(frames == null ? Long.MAX_VALUE : frames);
    }

    /** A name of the catalog becomes its file. */
    private static String located(String source) {
        AssetCatalog catalog = AssetCatalog.standard();
        return catalog.names().contains(source) ? catalog.locate(source).toString() : source;
    }

    private Optional<EdgeEvents> events(
            CameraSettings camera, Optional<GatewayConfig> config, Detector detector, EventLog log, GatewayParts parts)
            throws IOException {
        Optional<Path> directory = state != null ? Optional.of(state) : config.flatMap(GatewayConfig::stateDirectory);
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        StoreAndForward.Transports transports = config.map(known ->
                        StoreAndForward.kafka(known.kafka(), known.outbox().memoryBytes(), List.of(Topic.TRACKS)))
                .orElse((name, onReady) -> new NoTransport());
        return Optional.of(new EdgeEvents(
                config.map(GatewayConfig::device).orElse("edge"),
                camera.name(),
                detector.info().name(),
                directory.get(),
                transports,
                log,
                parts.wallClock(),
                parts.nanoTicker()));
    }
}
