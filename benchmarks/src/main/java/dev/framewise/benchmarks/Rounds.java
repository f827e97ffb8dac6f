package dev.framewise.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured in several rounds, by name. Not thread-safe. */
public final class Rounds {
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    /** Takes in what one round gave. */
    public void add(String name, double value) {
        values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }

    /** Names in the order they first came. */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    /**
     * Median over the rounds; of an even number, the mean of the two in the middle.
     *
     * @throws IllegalArgumentException if no round had it
     */
    public double median(String name) {
        List<Double> sorted = new ArrayList<>(values.getOrDefault(name, List.of()));
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("no round measured " + name + "; there are " + values.keySet());
        }
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
