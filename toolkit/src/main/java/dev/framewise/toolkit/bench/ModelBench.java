package dev.framewise.toolkit.bench;

import dev.framewise.toolkit.fold.InputSize;
import dev.framewise.toolkit.fold.Rewrites;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.provider.ProviderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Runs a model as the job does, with one setting after the other. One thread. */
public final class ModelBench {
    private static final int WARM_UPS = 10;
    private static final int WIDTH = 768;
    private static final int HEIGHT = 576;
    private static final long SEED = 7;

    private final Path model;
    private final int runs;

    /** @param runs of each setting that count; 10 more come before */
    public ModelBench(Path model, int runs) {
        this.model = model;
        this.runs = runs;
    }

    /**
     * Measures one setting.
     *
     * @param size width x height to declare; empty for the model's own
     * @return figures, or why there are none: a provider that is absent, a batch or a size that the model does not take
     */
    public BenchRow run(ProviderOptions provider, int threads, int batch, String size) throws IOException {
        Path folder = Files.createTempDirectory("framewise-bench");
        Path file = folder.resolve("sized.onnx");
        try {
            Path measured = size.isEmpty() ? model : sized(size, file);
            DetectorOptions options = DetectorOptions.builder()
                    .providers(provider)
                    .strict(true)
                    .intraOpThreads(threads)
                    .maxBatch(batch)
                    .build();
            try (Detector detector = Detector.open(measured, options)) {
                return measure(detector, provider, threads, batch);
            }
        } catch (ModelException e) {
            return new BenchRow(provider.toString(), threads, batch, size, 0, 0, 0, 0, e.getMessage());
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private Path sized(String size, Path file) throws ModelException, IOException {
        String[] sides = size.split("x", -1);
        Graph graph = Graph.of(ModelStore.read(model));
        Rewrites.fold(graph);
        InputSize.set(graph, Integer.parseInt(sides[1]), Integer.parseInt(sides[0]));
        ModelStore.write(file, graph.toModel());
        return file;
    }

    private BenchRow measure(Detector detector, ProviderOptions provider, int threads, int batch) {
        FrameTimings timings = new FrameTimings();
        byte[] pixels = new byte[3 * WIDTH * HEIGHT];
        new SplittableRandom(SEED).nextBytes(pixels);
        try (BgrImage image = new BgrImage(WIDTH, HEIGHT)) {
            image.buffer().put(pixels);
            for (int slot = 0; slot < batch; slot++) {
                detector.load(slot, image, timings);
            }
        }
        double[] wall = new double[runs];
        double[] cpu = new double[runs];
        for (int run = -WARM_UPS; run < runs; run++) {
            detector.run(batch);
            if (run >= 0) {
                wall[run] = detector.lastRunNanos() / 1e6;
                cpu[run] = detector.lastRunCpuNanos() / 1e6 / batch;
            }
        }
        double mean = Arrays.stream(wall).average().orElseThrow();
        Arrays.sort(wall);
        Arrays.sort(cpu);
        return new BenchRow(
                provider.toString(),
                threads,
                batch,
                detector.info().inputWidth() + "x" + detector.info().inputHeight(),
                wall[runs / 2],
                wall[Math.min(runs - 1, runs * 99 / 100)],
                cpu[runs / 2],
                1000 * batch / mean,
                /* problem= */ "");
    }
}
