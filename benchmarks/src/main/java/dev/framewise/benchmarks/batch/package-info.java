/**
 * How well batches fill, and what a frame costs by the number of cameras it is spread over.
 *
 * <p>{@link dev.framewise.benchmarks.batch.BatchCommand} is the way in. Cameras are a producer that sends encoded frames at their
 * times, so that what is measured is the job and not gateways; the network is made here, because batches need one that takes
 * any batch and is fast enough to keep up. Everything else is the real thing: Kafka, Flink, the perception job. On the
 * command's thread.
 */
package dev.framewise.benchmarks.batch;
