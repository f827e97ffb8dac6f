/**
 * Models in the formats of boards, made by those formats' own converters and run back before anybody gets them.
 *
 * <p>In: an ONNX model, and pictures where there are any. Out: files, and how far what they give is from what the model gives. Called
 * by {@code model export}; one thread. {@link dev.framewise.toolkit.export.Exporter} is where it starts.
 */
package dev.framewise.toolkit.export;
