package dev.framewise.operators.inference;

import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.asset.AssetException;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.provider.ProviderOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Opens a detector on the subtask's machine: the model is named by its path there, or by its name in the asset catalog. What
 * is to be found out there first, is: once per model and process, one model at a time, so that subtasks neither disturb each
 * other's measurements nor choose differently. Serializable: it travels with the job.
 */
public final class DetectorFactory implements BatchSession.Factory {
    private static final long serialVersionUID = 1L;

    /** What was found out in this process; guarded by itself. */
    private static final Map<Measured, ModelTuner.Choice> CHOICES = new HashMap<>();

    private final String model;
    private final Tuning tuning;
    private final ArrayList<String> providers;
    private final boolean strict;
    private final float scoreThreshold;
    private final ArrayList<Integer> classes;

    /**
     * @param model path of an ONNX file, or a name of the asset catalog
     * @param tuning how it is to be run
     * @param providers in order of preference
     * @param strict whether to refuse to start without the first of them
     * @param scoreThreshold least score of a detection, 0 to 1
     * @param classes class indices to keep; empty for all
     */
    public DetectorFactory(
            String model,
            Tuning tuning,
            List<ProviderOptions> providers,
            boolean strict,
            float scoreThreshold,
            List<Integer> classes) {
        this.model = model;
        this.tuning = tuning;
        this.providers = new ArrayList<>(
                providers.stream().map(ProviderOptions::toString).toList());
        this.strict = strict;
        this.scoreThreshold = scoreThreshold;
        this.classes = new ArrayList<>(classes);
    }

    /** What a choice depends on. */
    private record Measured(Path file, DetectorOptions options, Tuning tuning) {}

    @Override
    public BatchSession open() throws AssetException, ModelException {
        return new DetectorSession(Detector.open(file(), options()));
    }

    /** Where the model is on this machine, fetched by the asset catalog if it must be. */
    Path file() throws AssetException {
        return Files.exists(Path.of(model))
                ? Path.of(model)
                : AssetCatalog.standard().locate(model);
    }

    /** How it is opened; the first call in a process may open it several times to find out. */
    DetectorOptions options() throws AssetException, ModelException {
        DetectorOptions asked = DetectorOptions.builder()
                .providers(providers.stream().map(ProviderOptions::parse).toList())
                .strict(strict)
                .scoreThreshold(scoreThreshold)
                .classes(classes.toArray(Integer[]::new))
                .build();
        Path file = file();
        Measured measured = new Measured(file, asked, tuning);
        synchronized (CHOICES) {
            ModelTuner.Choice choice = CHOICES.get(measured);
            if (choice == null) {
                ModelTuner tuner =
                        new ModelTuner(System::nanoTime, Runtime.getRuntime().availableProcessors());
                choice = tuner.choose(
                        model, (maxBatch, threads) -> DetectorTrial.open(file, with(asked, maxBatch, threads)), tuning);
                CHOICES.put(measured, choice);
            }
            return with(asked, choice.maxBatch(), choice.threads());
        }
    }

    private static DetectorOptions with(DetectorOptions options, int maxBatch, int threads) {
        return options.toBuilder().maxBatch(maxBatch).intraOpThreads(threads).build();
    }
}
