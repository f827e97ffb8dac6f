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
import java.util.List;

/**
 * Opens a detector on the subtask's machine: the model is named by its path there, or by its name in the asset catalog.
 * Serializable: it travels with the job.
 */
public final class DetectorFactory implements BatchSession.Factory {
    private static final long serialVersionUID = 1L;

    private final String model;
    private final int maxBatch;
    private final ArrayList<String> providers;
    private final boolean strict;
    private final float scoreThreshold;
    private final ArrayList<Integer> classes;

    /**
     * @param model path of an ONNX file, or a name of the asset catalog
     * @param maxBatch frames per batch, at least 1
     * @param providers in order of preference
     * @param strict whether to refuse to start without the first of them
     * @param scoreThreshold least score of a detection, 0 to 1
     * @param classes class indices to keep; empty for all
     */
    public DetectorFactory(
            String model,
            int maxBatch,
            List<ProviderOptions> providers,
            boolean strict,
            float scoreThreshold,
            List<Integer> classes) {
        this.model = model;
        this.maxBatch = maxBatch;
        this.providers = new ArrayList<>(
                providers.stream().map(ProviderOptions::toString).toList());
        this.strict = strict;
        this.scoreThreshold = scoreThreshold;
        this.classes = new ArrayList<>(classes);
    }

    @Override
    public BatchSession open() throws AssetException, ModelException {
        Path file = Files.exists(Path.of(model))
                ? Path.of(model)
                : AssetCatalog.standard().locate(model);
        DetectorOptions options = DetectorOptions.builder()
                .maxBatch(maxBatch)
                .providers(providers.stream().map(ProviderOptions::parse).toList())
                .strict(strict)
                .scoreThreshold(scoreThreshold)
                .classes(classes.toArray(Integer[]::new))
                .build();
        return new DetectorSession(Detector.open(file, options));
    }
}
