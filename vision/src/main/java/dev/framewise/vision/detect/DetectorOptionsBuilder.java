package dev.framewise.vision.detect;

import dev.framewise.vision.provider.ProviderOptions;
import java.util.List;
import java.util.Set;

/** Makes {@link DetectorOptions}, where each value is explained. All problems are reported together by {@link #build}. */
public final class DetectorOptionsBuilder {
    private int maxBatch;
    private List<ProviderOptions> providers;
    private boolean strict;
    private int intraOpThreads;
    private float scoreThreshold;
    private float nmsThreshold;
    private int maxDetections;
    private Set<Integer> classes;
    private ModelDescription description;
    private long maxPixels;
    private boolean scaledJpegs;
    private long maxModelBytes;

    DetectorOptionsBuilder(DetectorOptions from) {
        maxBatch = from.maxBatch();
        providers = from.providers();
        strict = from.strict();
        intraOpThreads = from.intraOpThreads();
        scoreThreshold = from.scoreThreshold();
        nmsThreshold = from.nmsThreshold();
        maxDetections = from.maxDetections();
        classes = from.classes();
        description = from.description();
        maxPixels = from.maxPixels();
        scaledJpegs = from.scaledJpegs();
        maxModelBytes = from.maxModelBytes();
    }

    public DetectorOptionsBuilder maxBatch(int value) {
        maxBatch = value;
        return this;
    }

    public DetectorOptionsBuilder providers(ProviderOptions... value) {
        return providers(List.of(value));
    }

    public DetectorOptionsBuilder providers(List<ProviderOptions> value) {
        providers = List.copyOf(value);
        return this;
    }

    public DetectorOptionsBuilder strict(boolean value) {
        strict = value;
        return this;
    }

    public DetectorOptionsBuilder intraOpThreads(int value) {
        intraOpThreads = value;
        return this;
    }

    public DetectorOptionsBuilder scoreThreshold(float value) {
        scoreThreshold = value;
        return this;
    }

    public DetectorOptionsBuilder nmsThreshold(float value) {
        nmsThreshold = value;
        return this;
    }

    public DetectorOptionsBuilder maxDetections(int value) {
        maxDetections = value;
        return this;
    }

    /** Hands out these classes only; none named means all. */
    public DetectorOptionsBuilder classes(Integer... value) {
        classes = Set.of(value);
        return this;
    }

    /**
     * Names the head of the model, such as {@code yolov8}; all names are at {@link ModelDescription}.
     *
     * @throws IllegalArgumentException if there is no such head
     */
    public DetectorOptionsBuilder head(String value) {
        return description(description.withHead(value));
    }

    /** Says what the model is, over what its metadata says. */
    public DetectorOptionsBuilder description(ModelDescription value) {
        description = value;
        return this;
    }

    public DetectorOptionsBuilder maxPixels(long value) {
        maxPixels = value;
        return this;
    }

    public DetectorOptionsBuilder scaledJpegs(boolean value) {
        scaledJpegs = value;
        return this;
    }

    public DetectorOptionsBuilder maxModelBytes(long value) {
        maxModelBytes = value;
        return this;
    }

    /** @throws IllegalArgumentException if values are out of their ranges; the message names all of them */
    public DetectorOptions build() {
        return new DetectorOptions(
                maxBatch,
                providers,
                strict,
                intraOpThreads,
                scoreThreshold,
                nmsThreshold,
                maxDetections,
                classes,
                description,
                maxPixels,
                scaledJpegs,
                maxModelBytes);
    }
}
