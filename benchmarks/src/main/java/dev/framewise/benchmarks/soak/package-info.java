/**
 * Whether the pipeline can be left alone: the same clip in a loop for an hour, and memory, threads and file descriptors read all the
 * while. {@link dev.framewise.benchmarks.soak.SoakCommand} is the way in.
 */
package dev.framewise.benchmarks.soak;
