package dev.framewise.vision.detect;

import dev.framewise.vision.image.JpegHeader;
import dev.framewise.vision.provider.CpuOptions;
import dev.framewise.vision.provider.ProviderOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a detector runs a model and which detections it hands out.
 *
 * @param maxBatch slots, 1 to 256; memory for all of them is taken when the detector opens
 * @param providers execution providers in order of preference; the CPU follows them unless {@code strict}
 * @param strict whether the first provider must be had: else one that is missing is passed over, and a warning says so
 * @param intraOpThreads threads of one run, 1 to 256. On a CPU one session of one thread per core beats one
 *     of many threads: {@code framewise bench inference} prints both
 * @param scoreThreshold least score of a detection, 0 to 1
 * @param nmsThreshold IoU from which the weaker of two boxes of one class is dropped, 0 to 1
 * @param maxDetections most detections of a frame, the best scores first
 * @param classes class indices to hand out; empty for all
 * @param description what the caller knows of the model better than the model itself
 * @param maxPixels largest width times height of a JPEG
 * @param scaledJpegs whether a JPEG is decoded no larger than the network's input needs; else at full size
 * @param maxModelBytes largest model, with what lies in files beside it; larger ones are refused unread
 */
public record DetectorOptions(
        int maxBatch,
        List<ProviderOptions> providers,
        boolean strict,
        int intraOpThreads,
        float scoreThreshold,
        float nmsThreshold,
        int maxDetections,
        Set<Integer> classes,
        ModelDescription description,
        long maxPixels,
        boolean scaledJpegs,
        long maxModelBytes) {
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
        require(problems, maxModelBytes >= 1, "maxModelBytes", maxModelBytes, "1 or more");
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

    /** One slot, CPU, one thread, scores from 0.1, NMS at 0.45, at most 300 detections of any class, 1 GiB of model. */
    public static DetectorOptions defaults() {
        return new DetectorOptions(
                1,
                List.of(new CpuOptions()),
                false,
                1,
                0.1f,
                0.45f,
                300,
                Set.of(),
                ModelDescription.NONE,
                JpegHeader.DEFAULT_MAX_PIXELS,
                true,
                ModelFile.DEFAULT_MAX_BYTES);
    }

    /** A builder that begins with {@link #defaults()}. */
    public static DetectorOptionsBuilder builder() {
        return defaults().toBuilder();
    }

    /** A builder that begins with these values. */
    public DetectorOptionsBuilder toBuilder() {
        return new DetectorOptionsBuilder(this);
    }
}
