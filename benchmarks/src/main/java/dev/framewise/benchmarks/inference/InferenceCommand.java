package dev.framewise.benchmarks.inference;

import dev.framewise.benchmarks.BenchOutput;
import dev.framewise.benchmarks.Figure;
import dev.framewise.benchmarks.Rounds;
import dev.framewise.local.NamedFile;
import dev.framewise.vision.asset.AssetCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code framewise bench inference}: ONNX Runtime alone in three ways, and our detector, in turns. */
@Command(
        name = "inference",
        description = "CPU time of the network: ONNX Runtime alone, and from JPEG to boxes.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class InferenceCommand implements Callable<Integer> {
    private static final int ROUNDS = 7;
    private static final String CLIP = "pets09-s2l1";
    private static final String BASE = "one session of 1 thread";
    private static final String CPU = ".cpuMillisPerImage";
    private static final String SPEED = ".imagesPerSecond";

    @Option(
            names = "--model",
            defaultValue = "yolox-nano-416",
            description = "Name in the asset catalog, or an ONNX file. Default: ${DEFAULT-VALUE}")
    private String model;

    @Option(
            names = "--frames",
            defaultValue = "60",
            description = "Pictures of a round, of which each way has 7 and one for warming up. "
                    + "Default: ${DEFAULT-VALUE}")
    private int frames;

    @Mixin
    private BenchOutput output;

    @Override
    public Integer call() throws Exception {
        output.atLeast(/* least= */ 1, frames, "--frames");
        AssetCatalog catalog = AssetCatalog.standard();
        Path file = NamedFile.find(model, catalog);
        Rounds rounds = new Rounds();
        try (RawSessions one = new RawSessions(file, /* count= */ 1, /* threadsEach= */ 1);
                RawSessions two = new RawSessions(file, /* count= */ 2, /* threadsEach= */ 1);
                RawSessions wide = new RawSessions(file, /* count= */ 1, /* threadsEach= */ 2);
                DetectorRun detector = new DetectorRun(file, ClipPictures.jpegs(catalog.locate(CLIP), frames))) {
            Map<String, RawSessions> ways = new LinkedHashMap<>();
            ways.put("inference.raw.1x1", one);
            ways.put("inference.raw.2x1", two);
            ways.put("inference.raw.1x2", wide);
            for (int round = 0; round <= ROUNDS; round++) {
                output.progress(round == 0 ? "warming up" : "round " + round + " of " + ROUNDS);
                Rounds into = round == 0 ? new Rounds() : rounds;
                for (Map.Entry<String, RawSessions> way : ways.entrySet()) {
                    RawSessions.Speed speed = way.getValue().run(frames);
                    into.add(way.getKey() + CPU, speed.cpuMillisPerImage());
                    into.add(way.getKey() + SPEED, speed.imagesPerSecond());
                }
                detector.round(frames, into);
            }
        }
        output.show(figures(rounds));
        return 0;
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
