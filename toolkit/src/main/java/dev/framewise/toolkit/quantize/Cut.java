package dev.framewise.toolkit.quantize;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * The cheapest division of units into float and INT8: each unit has a cost either way, and two neighbours of different kinds cost what
 * converting between them takes. That is a minimum cut between a source, whose side is INT8, and a sink; it is found exactly, by
 * Edmonds and Karp's way of filling shortest paths (Journal of the ACM 19, 1972). Graphs of some hundred units take milliseconds.
 */
final class Cut {
    private record Edge(int from, int to) {}

    private final int source;
    private final int sink;
    private final List<Edge> edges = new ArrayList<>();
    private final List<Double> room = new ArrayList<>();
    private final List<List<Integer>> leaving = new ArrayList<>();

    /** @param units how many there are */
    Cut(int units) {
        source = units;
        sink = units + 1;
        for (int i = 0; i < units + 2; i++) {
            leaving.add(new ArrayList<>());
        }
    }

    /** What a unit costs either way, 0 or more each. */
    void unit(int unit, double asFloat, double asInt8) {
        edge(source, unit, asFloat, 0);
        edge(unit, sink, asInt8, 0);
    }

    /** What it costs where two units are of different kinds. */
    void neighbours(int a, int b, double border) {
        edge(a, b, border, border);
    }

    private void edge(int from, int to, double forth, double back) {
        leaving.get(from).add(edges.size());
        edges.add(new Edge(from, to));
        room.add(forth);
        leaving.get(to).add(edges.size());
        edges.add(new Edge(to, from));
        room.add(back);
    }

    /** The units that are INT8 in the cheapest division. */
    BitSet int8() {
        int[] by = new int[leaving.size()];
        while (search(by)) {
            double least = Double.POSITIVE_INFINITY;
            for (int at = sink; at != source; at = edges.get(by[at]).from()) {
                least = Math.min(least, room.get(by[at]));
            }
            for (int at = sink; at != source; at = edges.get(by[at]).from()) {
                room.set(by[at], room.get(by[at]) - least);
                room.set(by[at] ^ 1, room.get(by[at] ^ 1) + least);
            }
        }
        BitSet int8 = new BitSet();
        for (int unit = 0; unit < source; unit++) {
            if (by[unit] >= 0) {
                int8.set(unit);
            }
        }
        return int8;
    }

    /** Looks for a way with room; {@code by} gets the edge each place was reached by, or -1. */
    private boolean search(int[] by) {
        Arrays.fill(by, -1);
        Deque<Integer> places = new ArrayDeque<>(List.of(source));
        while (!places.isEmpty()) {
            int at = places.remove();
            for (int edge : leaving.get(at)) {
                int to = edges.get(edge).to();
                if (to != source && by[to] < 0 && room.get(edge) > 1e-9) {
                    by[to] = edge;
                    places.add(to);
                }
            }
        }
        return by[sink] >= 0;
    }
}
