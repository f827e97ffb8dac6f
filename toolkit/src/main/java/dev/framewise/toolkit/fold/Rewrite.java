package dev.framewise.toolkit.fold;

import dev.framewise.toolkit.graph.Graph;
import dev.framewise.vision.detect.ModelException;

/** One kind of change that keeps what a graph computes. */
interface Rewrite {
    /** What it does, as a report says it. */
    String what();

    /**
     * Changes what it can.
     *
     * @return how many places it changed
     */
    int apply(Graph graph) throws ModelException;
}
