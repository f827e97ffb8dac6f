/**
 * The continuous benchmark: what frames cost and how hot the boards were, per device, model and precision over windows of
 * event time.
 *
 * <p>{@link dev.framewise.operators.benchmark.BenchmarkFunction} joins samples and telemetry by device;
 * {@link dev.framewise.operators.benchmark.DeviceWindow} holds the figures of one window and knows nothing of Flink.
 */
package dev.framewise.operators.benchmark;
