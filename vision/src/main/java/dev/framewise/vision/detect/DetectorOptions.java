package dev.framewise.vision.detect;

import dev.framewise.vision.image.JpegHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a detector runs a model and which detections it hands out.
 *
 * @param maxBatch slots, 1 to 256; memory for all of them is taken when the detector opens
 * @param providers execution providers in order of preference; the CPU follows them unless {@code strict}
 * @param strict whether the first provider must be had: else a missing one is passed over with a warning
 * @param intraOpThreads threads of one run, 1 to 256. On a CPU one session of one thread per core beats one
 *     of many threads: {@code framewise bench inference} prints both
 * @param scoreThreshold least score of a detection, 0 to 1
 * @param nmsThreshold IoU from which the weaker of two boxes of one class is dropped, 0 to 1
 * @param maxDetections most detections of a frame, the best scores first
 * @param classes class indices to hand out; empty for all
 * @param description what the caller knows of the model better than the model itself
 * @param maxPixels largest width times height of a JPEG
 */
public record DetectorOptions(
        int maxBatch,
        List<ExecutionProvider> providers,
        boolean strict,
        int intraOpThreads,
        float scoreThreshold,
        float nmsThreshold,
        int maxDetections,
        Set<Integer> classes,
        ModelDescription description,
        long maxPixels) {
    /** Index of the class person in models trained on COCO. */
    public static final int PERSON = 0;

    private static final int MAX_BATCH = 256;
    private static final int MAX_THREADS = 256;

    public DetectorOptions {
        List<String> problems = new ArrayList<>();
        require(problems, maxBatch >= 1 && maxBatch <= MAX_BATCH, "maxBatch", maxBatch, "1 to " + MAX_BATCH);
        require(problems, !providers.isEmpty(), "providers", providers, "one or more");
        require(
                problems,
                intraOpThreads >= 1 && intraOpThreads <= MAX_THREADS,
                "intraOpThreads",
                intraOpThreads,
                "1 to " + MAX_THREADS);
        require(problems, isRatio(scoreThreshold), "scoreThreshold", scoreThreshold, "0 to 1");
        require(problems, isRatio(nmsThreshold), "nmsThreshold", nmsThreshold, "0 to 1");
        require(problems, maxDetections >= 1, "maxDetections", maxDetections, "1 or more");
        require(problems, classes.stream().allMatch(c -> c >= 0), "classes", classes, "0 or more each");
        require(problems, maxPixels >= 1, "maxPixels", maxPixels, "1 or more");
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        providers = List.copyOf(providers);
        classes = Set.copyOf(new TreeSet<>(classes));
    }

    private static boolean isRatio(float value) {
        return value >= 0 && value <= 1;
    }

    private static void require(List<String> problems, boolean holds, String name, Object value, String allowed) {
        if (!holds) {
            problems.add(name + " is " + value + "; allowed: " + allowed);
        }
    }

    /** One slot, CPU, one thread, scores from 0.1, NMS at 0.45, at most 300 detections of any class. */
    public static DetectorOptions defaults() {
        return new DetectorOptions(
                1,
                List.of(ExecutionProvider.CPU),
                false,
                1,
                0.1f,
                0.45f,
                300,
                Set.of(),
                ModelDescription.NONE,
                JpegHeader.DEFAULT_MAX_PIXELS);
    }

    public DetectorOptions withMaxBatch(int value) {
        return new DetectorOptions(
                value,
                providers,
                strict,
                intraOpThreads,
                scoreThreshold,
                nmsThreshold,
                maxDetections,
                classes,
                description,
                maxPixels);
    }

    public DetectorOptions withProviders(ExecutionProvider... value) {
        return withProviders(List.of(value));
    }

    public DetectorOptions withProviders(List<ExecutionProvider> value) {
        return new DetectorOptions(
                maxBatch,
                value,
                strict,
                intraOpThreads,
                scoreThreshold,
                nmsThreshold,
                maxDetections,
                classes,
                description,
                maxPixels);
    }

    public DetectorOptions withStrict(boolean value) {
        return new DetectorOptions(
                maxBatch,
                providers,
                value,
                intraOpThreads,
                scoreThreshold,
                nmsThreshold,
                maxDetections,
                classes,
                description,
                maxPixels);
    }

    public DetectorOptions withIntraOpThreads(int value) {
        return new DetectorOptions(
                maxBatch,
                providers,
                strict,
                value,
                scoreThreshold,
                nmsThreshold,
                maxDetections,
                classes,
                description,
                maxPixels);
    }

    public DetectorOptions withScoreThreshold(float value) {
        return new DetectorOptions(
                maxBatch,
                providers,
                strict,
                intraOpThreads,
                value,
                nmsThreshold,
                maxDetections,
                classes,
                description,
                maxPixels);
    }

    public DetectorOptions withNmsThreshold(float value) {
        return new DetectorOptions(
                maxBatch,
                providers,
                strict,
                intraOpThreads,
                scoreThreshold,
                value,
                maxDetections,
                classes,
                description,
                maxPixels);
    }

    public DetectorOptions withMaxDetections(int value) {
        return new DetectorOptions(
                maxBatch,
                providers,
                strict,
                intraOpThreads,
                scoreThreshold,
                nmsThreshold,
                value,
                classes,
                description,
                maxPixels);
    }

    /** Hands out these classes only; none named means all. */
    public DetectorOptions withClasses(Integer... value) {
        return new DetectorOptions(
                maxBatch,
                providers,
                strict,
                intraOpThreads,
                scoreThreshold,
                nmsThreshold,
                maxDetections,
                Set.of(value),
                description,
                maxPixels);
    }

    /**
     * Names the head of the model, such as {@code yolov8}; all names are at {@link ModelDescription}.
     *
     * @throws IllegalArgumentException if there is no such head
     */
    public DetectorOptions withHead(String value) {
        return withDescription(description.withHead(value));
    }

    /** Says what the model is, over what its metadata says. */
    public DetectorOptions withDescription(ModelDescription value) {
        return new DetectorOptions(
                maxBatch,
                providers,
                strict,
                intraOpThreads,
                scoreThreshold,
                nmsThreshold,
                maxDetections,
                classes,
                value,
                maxPixels);
    }

    public DetectorOptions withMaxPixels(long value) {
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
                value);
    }
}
