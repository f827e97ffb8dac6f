/**
 * Names of the metrics that operators register with Flink, so that docs/metrics.md can be held to them. What Prometheus
 * scrapes from the benchmark job is in {@code dev.framewise.operators.sink}.
 */
package dev.framewise.operators.metric;
