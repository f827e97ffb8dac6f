/**
 * Work on models, offline: the commands under {@code framewise model}.
 *
 * <p>In: ONNX files, by path or by their name in the asset catalog. Out: reports, as text and JSON. The command line of module
 * local registers {@link dev.framewise.toolkit.ModelCommand}; everything runs on its thread.
 */
package dev.framewise.toolkit;
