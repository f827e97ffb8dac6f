package dev.framewise.operators.inference;

import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.asset.AssetException;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelDescription;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.provider.ProviderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

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
    private String head = "";
    private String classNames = "";
    private boolean keepsPictures;

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

    /**
     * Says what the model does not say of itself.
     *
     * @param head name of its head; empty for what the model says
     * @param classNames file of the names of its classes on the subtask's machine, one a line; empty for what the model says
     */
    public DetectorFactory describedBy(String head, String classNames) {
        this.head = head;
        this.classNames = classNames;
        return this;
    }

    /** Keeps what the detector decodes for a tracker that uses pixels. */
    public DetectorFactory keepingPictures(boolean keeps) {
        this.keepsPictures = keeps;
        return this;
    }

    /** Whether sessions keep what they decode. */
    boolean keepsPictures() {
        return keepsPictures;
    }

    private ModelDescription description() throws ModelException {
        ModelDescription described = head.isEmpty() ? ModelDescription.NONE : ModelDescription.NONE.withHead(head);
        try {
            return classNames.isEmpty() ? described : described.withClassNames(Path.of(classNames));
        } catch (IOException e) {
            throw new ModelException(
                    classNames + ": the names of the classes cannot be read: " + e.getMessage()
                            + ". Expected a file of UTF-8 text, one name a line, on every TaskManager.",
                    e);
        }
    }

    /** What a choice depends on. */
    private record Measured(Path file, DetectorOptions options, Tuning tuning) {}

    @Override
    public BatchSession open() throws AssetException, ModelException {
        return new DetectorSession(Detector.open(file(), options()), keepsPictures);
    }

    @Override
    public boolean opensTwins() {
        return true;
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
                .description(description())
                .build();
        Path file = file();
        Measured measured = new Measured(file, asked, tuning);
        synchronized (CHOICES) {
            ModelTuner.Choice choice = CHOICES.get(measured);
            if (choice == null) {
                ModelTuner tuner = new ModelTuner(
                        System::nanoTime,
                        LockSupport::parkNanos,
                        Runtime.getRuntime().availableProcessors());
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
