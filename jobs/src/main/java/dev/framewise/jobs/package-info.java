/**
 * The Flink jobs, one class each: sources and sinks through the constructor, the graph in {@code build}, options and wiring in
 * {@code main}.
 *
 * <p>{@link dev.framewise.jobs.PerceptionJob} is the main one: frames to tracks. {@link dev.framewise.jobs.ThermalJob} turns
 * telemetry into directives, {@link dev.framewise.jobs.BenchmarkJob} samples and telemetry into figures.
 */
package dev.framewise.jobs;
