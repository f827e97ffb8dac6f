/**
 * Rewrites of a graph that change what it costs, or what it takes, and not what it gives.
 *
 * <p>In: a {@link dev.framewise.toolkit.graph.Graph}. Out: the same, changed; {@link dev.framewise.toolkit.fold.Equivalence} runs
 * both on the same numbers and says how far apart they are. {@code model fold}, {@code model rebatch} and the quantizer call this, on
 * their thread.
 */
package dev.framewise.toolkit.fold;
