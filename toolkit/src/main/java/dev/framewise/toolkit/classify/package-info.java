/**
 * Classifiers: pictures in folders, networks that learn to tell them apart, and small ones that learn it from large ones.
 *
 * <p>In: folders with one folder of pictures for each class. Out: ONNX files with input {@code images} and output {@code output},
 * checked against PyTorch, and how often they are right. On the caller's thread; the same seed gives the same bytes.
 */
package dev.framewise.toolkit.classify;
