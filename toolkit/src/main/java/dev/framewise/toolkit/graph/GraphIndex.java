package dev.framewise.toolkit.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** Who makes and who reads each tensor of a list of nodes, as it was when this was made. */
final class GraphIndex {
    final Map<String, Node> producers = new HashMap<>();
    final Map<String, List<Node>> consumers = new HashMap<>();

    GraphIndex(List<Node> nodes) {
        for (Node node : nodes) {
            for (String output : node.outputs()) {
                if (!output.isEmpty()) {
                    producers.put(output, node);
                }
            }
            for (String read : node.reads()) {
                consumers.computeIfAbsent(read, tensor -> new ArrayList<>()).add(node);
            }
        }
    }

    /** The nodes behind those whose tensors they read, else as they stand. */
    List<Node> sorted(List<Node> nodes) {
        Map<Node, Integer> waitsFor = new LinkedHashMap<>();
        Map<Node, Integer> places = new HashMap<>();
        PriorityQueue<Node> ready = new PriorityQueue<>(Comparator.comparing(places::get));
        for (Node node : nodes) {
            int open = makers(node).size();
            places.put(node, places.size());
            waitsFor.put(node, open);
            if (open == 0) {
                ready.add(node);
            }
        }
        List<Node> sorted = new ArrayList<>(nodes.size());
        while (!ready.isEmpty()) {
            Node node = ready.remove();
            sorted.add(node);
            Set<Node> readers = new HashSet<>();
            for (String output : node.outputs()) {
                for (Node reader : output.isEmpty() ? List.<Node>of() : consumers.getOrDefault(output, List.of())) {
                    // A reader of two outputs waits for the node once.
                    if (readers.add(reader) && waitsFor.merge(reader, -1, Integer::sum) == 0) {
                        ready.add(reader);
                    }
                }
            }
        }
        if (sorted.size() < nodes.size()) {
            waitsFor.keySet().removeAll(sorted);
            throw new IllegalStateException("nodes read one another's tensors in a circle: "
                    + waitsFor.keySet().stream().limit(5).toList());
        }
        return sorted;
    }

    private Set<Node> makers(Node node) {
        Set<Node> makers = new HashSet<>();
        for (String read : node.reads()) {
            if (producers.containsKey(read)) {
                makers.add(producers.get(read));
            }
        }
        return makers;
    }
}
