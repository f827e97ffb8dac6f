package dev.framewise.toolkit.quantize;

import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The divisions of a graph into float and INT8 that are worth measuring: for each price of harm, the one that is cheapest in time,
 * conversions at the borders included. A low price gives the fastest model, a high one the most faithful.
 */
final class Division {
    private static final double CHEAPEST = 50;
    private static final double DEAREST = 5e7;
    private static final double NEXT = 1.5;
    /** Conversions cost more in some places than their numbers say, and less in others. */
    private static final double[] BORDERS = {1, 0.5, 2};

    private final Graph graph;
    private final Units units;
    private final List<UnitFigures> figures;
    private final double borderNanos;
    private final Map<String, Integer> values = new HashMap<>();

    /**
     * Of measured units.
     *
     * @param borderNanos what converting one number costs
     * @param stats of every tensor, for its size
     */
    Division(Graph graph, Units units, List<UnitFigures> figures, double borderNanos, Map<String, TensorStats> stats) {
        this.graph = graph;
        this.units = units;
        this.figures = figures;
        this.borderNanos = borderNanos;
        stats.forEach((tensor, seen) -> values.put(tensor, seen.size()));
    }

    /** Sets of INT8 units, each once, none empty. */
    Set<BitSet> family() {
        Set<BitSet> family = new LinkedHashSet<>();
        for (double border : BORDERS) {
            for (double price = CHEAPEST; price < DEAREST; price *= NEXT) {
                BitSet int8 = cheapest(price, border);
                if (!int8.isEmpty()) {
                    family.add(int8);
                }
            }
        }
        BitSet all = new BitSet();
        all.set(0, units.size());
        family.add(all);
        return family;
    }

    /** The cheapest division at a price of harm, microseconds for a drift of 1. */
    private BitSet cheapest(double price, double border) {
        Cut cut = new Cut(units.size());
        for (UnitFigures figure : figures) {
            double toOutside = outside(figure.unit()) * border * borderNanos / 1000;
            cut.unit(
                    figure.unit().index(),
                    figure.floatMicros(),
                    figure.int8Micros() + toOutside + price * Math.max(0, figure.drift()));
        }
        for (Unit unit : units.all()) {
            for (Unit maker : new HashSet<>(units.before(unit))) {
                // One conversion serves all who read the tensor.
                int readers = Math.max(1, graph.consumers(maker.output()).size());
                double numbers = values.getOrDefault(maker.output(), 0) / (double) readers;
                cut.neighbours(maker.index(), unit.index(), numbers * border * borderNanos / 1000);
            }
        }
        return cut.int8();
    }

    /** Numbers that a unit exchanges with what is always float: the input, the outputs, nodes that cannot be quantized. */
    private double outside(Unit unit) {
        double numbers = 0;
        for (Node node : unit.nodes()) {
            for (String input : node.inputs()) {
                boolean fromOutside = values.containsKey(input)
                        && graph.producer(input)
                                .filter(maker -> units.of(maker).isPresent() || Units.isFollower(maker))
                                .isEmpty();
                numbers += fromOutside ? values.get(input) : 0;
            }
        }
        boolean toOutside = graph.isOutput(unit.output())
                || graph.consumers(unit.output()).stream()
                        .anyMatch(node -> units.of(node).isEmpty() && !Units.isFollower(node));
        return numbers + (toOutside ? values.getOrDefault(unit.output(), 0) : 0);
    }
}
