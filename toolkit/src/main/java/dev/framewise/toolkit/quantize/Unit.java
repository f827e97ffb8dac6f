package dev.framewise.toolkit.quantize;

import dev.framewise.toolkit.graph.Node;
import java.util.List;

/**
 * What is quantized together or not at all: an operator and the activation behind it.
 *
 * @param index from 0, in the order they run
 * @param name of its first node
 * @param kind such as {@code Conv SiLU}
 * @param nodes its nodes, the first one first
 * @param output the tensor it hands on
 */
record Unit(int index, String name, String kind, List<Node> nodes, String output) {
    Unit {
        nodes = List.copyOf(nodes);
    }

    Node first() {
        return nodes.get(0);
    }
}
