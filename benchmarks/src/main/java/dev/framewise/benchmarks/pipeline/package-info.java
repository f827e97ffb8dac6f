/**
 * What the whole pipeline costs: gateway, Kafka and Flink embedded in this process, beside ONNX Runtime alone in the same run.
 *
 * <p>{@link dev.framewise.benchmarks.pipeline.PipelineCommand} is the way in, {@link dev.framewise.benchmarks.pipeline.DrainRun}
 * measures throughput and cost on a backlog, {@link dev.framewise.benchmarks.pipeline.PacedRun} latency at a camera's pace. CPU time is
 * told apart by the names of threads, because broker, Flink and clients share one process. Everything is started and closed by the
 * command's thread.
 */
package dev.framewise.benchmarks.pipeline;
