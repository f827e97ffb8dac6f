/**
 * What is in an ONNX file, read from its bytes alone: {@link dev.framewise.vision.onnx.OnnxFile} checks,
 * {@link dev.framewise.toolkit.shape.ShapeInference} finds the shape of every tensor,
 * {@link dev.framewise.toolkit.inspect.LayerCosts} counts parameters and multiply-adds. Only the head is found by really opening the
 * model.
 *
 * <p>{@link dev.framewise.toolkit.inspect.ModelInspector} is the way in. A shape that nobody can know stays unknown, and whatever
 * hangs on it is reported as unknown. Any thread.
 */
package dev.framewise.toolkit.inspect;
