/**
 * The shapes of all tensors of a graph, from the declared ones and the definitions of the operators.
 *
 * <p>In: a graph's message. Out: {@link dev.framewise.toolkit.shape.Shape}s by tensor. No thread of its own.
 */
package dev.framewise.toolkit.shape;
