/**
 * ONNX files as strangers' bytes: what can be told, and what must be refused, before a runtime touches them.
 *
 * <p>In: a file. Out: {@link dev.framewise.vision.onnx.OnnxFile}, or an {@link dev.framewise.vision.onnx.OnnxFormatException} that says why
 * not. Protobuf's wire format is read directly and the weights are skipped, so that a file of any size costs a few
 * kilobytes of memory. Called by {@link dev.framewise.vision.detect.ModelFile}, on any thread.
 */
package dev.framewise.vision.onnx;
