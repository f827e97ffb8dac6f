/**
 * Training: networks that are ONNX graphs, run forward and backward by PyTorch through DJL.
 *
 * <p>In: a graph ({@link dev.framewise.toolkit.train.NetworkBuilder} writes new ones) and a {@link
 * dev.framewise.toolkit.train.TrainingTask} that turns batches into losses. Out: trained weights, put back into the graph; a log,
 * curves, and a checkpoint from which {@link dev.framewise.toolkit.train.Trainer} goes on as if it had never stopped. Weights,
 * moments and averages are plain arrays: only the pass through the network is native. Everything runs on the caller's
 * thread, and the same seed gives the same bytes.
 */
package dev.framewise.toolkit.train;
