/**
 * The benchmark job between real parts: Kafka, Flink, an S3 server, Prometheus. In: samples and readings of boards whose
 * figures are known beforehand. Out: the same rows on the topic, in Parquet files and on the page.
 */
package dev.framewise.e2e.benchmark;
