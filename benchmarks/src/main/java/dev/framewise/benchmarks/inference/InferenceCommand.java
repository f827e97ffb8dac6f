package dev.framewise.benchmarks.inference;

import ai.onnxruntime.OrtException;
import dev.framewise.benchmarks.BenchOutput;
import dev.framewise.benchmarks.Figure;
import dev.framewise.benchmarks.Rounds;
import dev.framewise.local.ModelOption;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.provider.ProviderOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code framewise bench inference}: ONNX Runtime alone in three ways, in batches of 4 and 8 where the model takes any, and our detector,
 * in turns.
 */
@Command(
        name = "inference",
        description = "CPU time of the network: ONNX Runtime alone, and from JPEG to boxes.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class InferenceCommand implements Callable<Integer> {
    private static final int ROUNDS = 7;
    private static final int[] BATCHES = {4, 8};
    private static final String CLIP = "pets09-s2l1";
    private static final String BASE = "one session of 1 thread";
    private static final String CPU = ".cpuMillisPerImage";
    private static final String SPEED = ".imagesPerSecond";

    @Mixin
    private ModelOption model;

    @Option(
            names = "--frames",
            defaultValue = "60",
            description = "Pictures of a round, of which each way has 7 and one for warming up. "
                    + "Default: ${DEFAULT-VALUE}")
    private int frames;

    @Option(
            names = "--providers",
            paramLabel = "LIST",
            defaultValue = "cpu",
            description = "Execution providers of our detector, as in docs/execution-providers.md; ONNX Runtime alone "
                    + "stays on the CPU. Default: ${DEFAULT-VALUE}")
    private String providers;

    @Option(
            names = "--session-options",
            description = "Measure settings of ONNX Runtime's session, too, each alone against none of them")
    private boolean sessionOptions;

    @Option(
            names = "--paced",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Measure runs with a camera's pauses between them, too, of one thread and of two that wait in "
                            + "several ways, each N times ten. Default: ${DEFAULT-VALUE}, not at all")
    private int paced;

    @Mixin
    private BenchOutput output;

    @Override
    public Integer call() throws Exception {
        output.atLeast(/* least= */ 1, frames, "--frames");
        output.atLeast(/* least= */ 0, paced, "--paced");
        DetectorOptions options;
        try {
            options = DetectorOptions.builder()
                    .providers(ProviderOptions.parseList(providers))
                    .build();
        } catch (IllegalArgumentException e) {
            throw output.wrongUsage("--providers is " + providers + ": " + e.getMessage());
        }
        AssetCatalog catalog = AssetCatalog.standard();
        Path file = model.file();
        Rounds rounds = new Rounds();
        Map<String, RawSessions> ways = new LinkedHashMap<>();
        try (DetectorRun detector = new DetectorRun(file, options, ClipPictures.jpegs(catalog.locate(CLIP), frames))) {
            open(file, detector.takesAnyBatch(), ways);
            output.progress("our detector runs on " + detector.provider());
            for (int round = 0; round <= ROUNDS; round++) {
                output.progress(round == 0 ? "warming up" : "round " + round + " of " + ROUNDS);
                Rounds into = round == 0 ? new Rounds() : rounds;
                for (Map.Entry<String, RawSessions> way : ways.entrySet()) {
                    // Whole batches: a run that were not full would count for fewer pictures than it costs.
                    int batch = way.getValue().batch();
                    RawSessions.Speed speed = way.getValue().run((frames + batch - 1) / batch * batch);
                    into.add(way.getKey() + CPU, speed.cpuMillisPerImage());
                    into.add(way.getKey() + SPEED, speed.imagesPerSecond());
                }
                detector.round(frames, into);
            }
        } finally {
            for (RawSessions way : ways.values()) {
                way.close();
            }
        }
        List<Figure> figures = figures(rounds);
        if (paced > 0) {
            output.progress("with pauses");
            try (PacedSessions sessions = new PacedSessions(file)) {
                figures.addAll(sessions.run(paced));
            }
        }
        output.show(figures);
        return 0;
    }

    private void open(Path file, boolean takesAnyBatch, Map<String, RawSessions> ways) throws OrtException {
        ways.put("inference.raw.1x1", new RawSessions(file, /* count= */ 1, /* threadsEach= */ 1));
        ways.put("inference.raw.2x1", new RawSessions(file, /* count= */ 2, /* threadsEach= */ 1));
        ways.put("inference.raw.1x2", new RawSessions(file, /* count= */ 1, /* threadsEach= */ 2));
        if (takesAnyBatch) {
            for (int batch : BATCHES) {
                for (int threads = 1; threads <= 2; threads++) {
                    ways.put(
                            "inference.raw.1x" + threads + ".batch" + batch,
                            new RawSessions(file, /* count= */ 1, threads, batch, SessionVariant.SAME));
                }
            }
        }
        if (sessionOptions) {
            for (SessionVariant variant : SessionVariant.values()) {
                ways.put(
                        "inference.options." + variant.id(),
                        new RawSessions(file, /* count= */ 1, /* threadsEach= */ 1, /* batch= */ 1, variant));
            }
        }
    }

    private static List<Figure> figures(Rounds rounds) {
        double baseCpu = rounds.median("inference.raw.1x1" + CPU);
        double baseSpeed = rounds.median("inference.raw.1x1" + SPEED);
        List<Figure> figures = new ArrayList<>();
        for (String name : rounds.names()) {
            figures.add(
                    name.endsWith(SPEED)
                            ? Figure.of(name, rounds.median(name), "images/s").against(BASE, baseSpeed)
                            : Figure.of(name, rounds.median(name), "CPU ms").against(BASE, baseCpu));
        }
        return figures;
    }
}
