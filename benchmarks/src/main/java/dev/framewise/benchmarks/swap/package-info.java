/**
 * {@code framewise bench swap}: what a change of the model costs a running pipeline. In: a clip and a model; out: figures.
 * {@link dev.framewise.benchmarks.swap.ModelVariants} makes the files that are released. Called on the command line's thread.
 */
package dev.framewise.benchmarks.swap;
