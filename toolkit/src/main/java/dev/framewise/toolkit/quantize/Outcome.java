package dev.framewise.toolkit.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.List;

/**
 * What came of making a model smaller.
 *
 * @param parent how messages call the float model
 * @param precision {@code int8} or {@code fp16}
 * @param model the new model; whether it may be written is another question
 * @param parentBytes size of the float model's file
 * @param bytes size of the new one
 * @param millis CPU milliseconds of one run of one picture on one thread, medians of runs side by side
 * @param test how well both see, on pictures that nothing before has seen
 * @param overlapping whether there were too few pictures for that, so that the figures flatter
 * @param labels where the labels stand; empty if there were none
 * @param reasons why it is refused; empty if it is not
 * @param units what was measured of each unit; empty for fp16
 * @param tried divisions that were measured; empty for fp16 and where a recipe was followed
 * @param recipe how to make it again; null for fp16
 * @param seconds that all of this took
 */
public record Outcome(
        String parent,
        String precision,
        ModelProto model,
        long parentBytes,
        long bytes,
        Millis millis,
        FinalTest.Outcome test,
        boolean overlapping,
        String labels,
        List<String> reasons,
        List<UnitRow> units,
        List<Trial> tried,
        Recipe recipe,
        double seconds) {
    /**
     * CPU times.
     *
     * @param published of the model as it was given
     * @param folded of the float model after folding
     * @param made of the new model
     */
    public record Millis(double published, double folded, double made) {}

    /**
     * A unit.
     *
     * @param name of its first node
     * @param kind such as {@code Conv 1x1 SiLU}
     * @param int8 whether it is INT8 in the new model
     * @param drift of the detections where only this unit is INT8
     * @param floatMicros what it takes in float, microseconds
     * @param int8Micros what it takes in INT8, microseconds
     */
    public record UnitRow(
            String name, String kind, boolean int8, double drift, double floatMicros, double int8Micros) {}

    /**
     * A division that was measured on a part of the pictures.
     *
     * @param int8Units how many units are INT8
     * @param speedup against the folded float model
     * @param drift of its detections
     */
    public record Trial(int int8Units, double speedup, double drift) {}

    public Outcome {
        reasons = List.copyOf(reasons);
        units = List.copyOf(units);
        tried = List.copyOf(tried);
    }

    /** How often the new model runs while the given one runs once. */
    public double speedup() {
        return millis.published() / millis.made();
    }

    public boolean isAccepted() {
        return reasons.isEmpty();
    }
}
