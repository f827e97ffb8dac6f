package dev.framewise.toolkit.quantize;

import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.trial.NodeTimes;
import dev.framewise.vision.detect.ModelException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What each unit takes in float and in INT8 on this machine: the float model and the one where all is INT8 are profiled, and what each
 * kernel took is put down to the unit it came of. What belongs to no unit, such as changes of layout, tells what a border between float
 * and INT8 costs for each number that crosses it.
 */
final class UnitTimes {
    /** Where nothing was measured: what a conversion with a change of layout took on an AVX-512 machine, by this same measurement. */
    private static final double USUAL_BORDER_NANOS = 0.8;

    private static final int RUNS = 20;

    private final double[] floats;
    private final double[] int8;
    private final double borderNanos;

    UnitTimes(Graph graph, Units units, QdqWriter writer, ByteBuffer picture, long[] shape) throws ModelException {
        NodeTimes whole = NodeTimes.of(graph.toModel(), picture, shape, RUNS);
        BitSet all = new BitSet();
        all.set(0, units.size());
        NodeTimes quantized = NodeTimes.of(writer.write(all), picture, shape, RUNS);
        Map<String, Integer> owners = owners(units);
        floats = times(units, whole, owners);
        int8 = times(units, quantized, owners);
        int pixels = (int) (shape[1] * shape[2] * shape[3]);
        double convert = quantized.micros().getOrDefault(graph.inputs().get(0).getName() + ".quantize", 0.0);
        double turn = quantized.operators().getOrDefault("Transpose", 0.0);
        borderNanos = convert > 0 && turn > 0 ? 1000 * (convert + 2 * turn) / pixels : USUAL_BORDER_NANOS;
    }

    private static Map<String, Integer> owners(Units units) {
        Map<String, Integer> owners = new HashMap<>();
        for (Unit unit : units.all()) {
            for (Node node : unit.nodes()) {
                owners.put(node.name(), unit.index());
                node.outputs().forEach(output -> owners.put(output, unit.index()));
            }
        }
        return owners;
    }

    private static double[] times(Units units, NodeTimes measured, Map<String, Integer> owners) {
        double[] times = new double[units.size()];
        measured.micros().forEach((name, micros) -> {
            Integer unit = owners.get(name);
            if (unit != null) {
                times[unit] += micros;
            }
        });
        return times;
    }

    double floatMicros(Unit unit) {
        return floats[unit.index()];
    }

    double int8Micros(Unit unit) {
        return int8[unit.index()];
    }

    /** What it costs to convert a number from float to INT8 or back, nanoseconds. */
    double borderNanos() {
        return borderNanos;
    }
}
