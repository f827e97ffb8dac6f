/**
 * ONNX models as graphs that can be changed.
 *
 * <p>In: ONNX files, checked before they are parsed. Out: the same, changed, written whole or not at all. {@link
 * dev.framewise.toolkit.graph.Graph} holds nodes and constants and knows who makes and who reads a tensor; {@link
 * dev.framewise.toolkit.graph.GraphChecker} says in words what is wrong with one. All commands that change models work on it.
 *
 * <p>Not thread-safe; a graph belongs to one thread at a time.
 */
package dev.framewise.toolkit.graph;
