/**
 * What the network costs: ONNX Runtime by itself, in the three ways two cores can be given to it, and our detector around it.
 *
 * <p>{@link dev.framewise.benchmarks.inference.RawSession} is ONNX Runtime at its best, without anything of ours; it is the limit that
 * other benchmarks are compared with. A session belongs to the thread that runs it.
 */
package dev.framewise.benchmarks.inference;
