package dev.framewise.vision.detect;

import dev.framewise.vision.image.InputFormat;
import dev.framewise.vision.image.InputFormat.ColourOrder;
import dev.framewise.vision.image.InputFormat.Fit;
import dev.framewise.vision.image.InputFormat.ValueRange;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a model says of itself: our own keys, listed at {@link ModelDescription}, and those of Ultralytics. A value that
 * cannot be read is refused with what was expected.
 */
final class ModelMetadata {
    static final String PRECISION_KEY = "framewise.precision";
    static final String CLASSES_KEY = "framewise.classes";
    static final String HEAD_KEY = "framewise.head";
    static final String INPUT_KEY = "framewise.input.";

    private static final String NAMES_KEY = "names";
    private static final String DETECTION = "detect";
    private static final String CLASSIFICATION = "classify";

    private final String model;
    private final Map<String, String> entries;

    /**
     * The metadata of a model.
     *
     * @param model how messages call it
     */
    ModelMetadata(String model, Map<String, String> entries) {
        this.model = model;
        this.entries = entries;
    }

    Optional<String> precision() {
        return Optional.ofNullable(entries.get(PRECISION_KEY));
    }

    /** The family that the model names. */
    Optional<HeadFamily> head() throws ModelException {
        String name = entries.get(HEAD_KEY);
        if (name == null) {
            return Optional.empty();
        }
        return Optional.of(HeadFamily.find(name).orElseThrow(() -> refusal(HEAD_KEY, HeadFamily.names())));
    }

    /** Families that the model does not name but speaks for, the likeliest first. */
    List<HeadFamily> likelyHeads() {
        if ("true".equalsIgnoreCase(entries.get("end2end"))) {
            return List.of(HeadFamily.END2END);
        }
        if (CLASSIFICATION.equals(entries.get("task"))) {
            return List.of(HeadFamily.CLASSIFICATION);
        }
        boolean ultralytics = entries.containsKey(NAMES_KEY) && entries.containsKey("stride");
        return ultralytics ? List.of(HeadFamily.YOLOV5, HeadFamily.YOLOV8) : List.of();
    }

    /** Refuses models that segment or pose: their outputs look like a detector's of more classes. */
    void requireKnownTask() throws ModelException {
        if (!List.of(DETECTION, CLASSIFICATION).contains(entries.getOrDefault("task", DETECTION))) {
            throw refusal("task", DETECTION + " or " + CLASSIFICATION);
        }
    }

    /** The names of the classes; empty if there are none. */
    List<String> classNames() throws ModelException {
        if (entries.containsKey(CLASSES_KEY)) {
            return list(CLASSES_KEY);
        }
        if (!entries.containsKey(NAMES_KEY)) {
            return List.of();
        }
        return PythonNames.parse(entries.get(NAMES_KEY))
                .orElseThrow(() -> refusal(NAMES_KEY, "{0: 'person', 1: 'bicycle', ...}"));
    }

    /** The format of the pictures: the defaults, less what the model says otherwise. */
    InputFormat input(InputFormat defaults) throws ModelException {
        InputFormat input = defaults.withFit(constant("fit", Fit.class, defaults.fit()))
                .withColours(constant("colours", ColourOrder.class, defaults.colours()))
                .withRange(constant("range", ValueRange.class, defaults.range()));
        try {
            return input.withNormalization(numbers("mean", defaults.mean()), numbers("std", defaults.std()))
                    .withPadValue(Integer.parseInt(
                            entries.getOrDefault(INPUT_KEY + "pad", Integer.toString(defaults.padValue()))));
        } catch (NumberFormatException e) {
            throw new ModelException(
                    model + ": " + INPUT_KEY + "* of its metadata has no number: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ModelException(model + ": " + INPUT_KEY + "* of its metadata: " + e.getMessage(), e);
        }
    }

    private <T extends Enum<T>> T constant(String key, Class<T> type, T fallback) throws ModelException {
        String value = entries.get(INPUT_KEY + key);
        if (value == null) {
            return fallback;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(value.strip()))
                .findFirst()
                .orElseThrow(() -> refusal(
                        INPUT_KEY + key,
                        Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
    }

    private List<Double> numbers(String key, List<Double> fallback) {
        return entries.containsKey(INPUT_KEY + key)
                ? list(INPUT_KEY + key).stream().map(Double::valueOf).toList()
                : fallback;
    }

    private List<String> list(String key) {
        return Arrays.stream(entries.get(key).split(",")).map(String::strip).toList();
    }

    private ModelException refusal(String key, String expected) {
        return new ModelException(
                model + ": expected " + key + " of its metadata to be " + expected + "; found " + entries.get(key));
    }
}
