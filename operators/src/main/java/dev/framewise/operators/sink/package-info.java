/**
 * The ends of the jobs: Kafka, object storage, Prometheus. Writers run on the mailbox thread of their subtask.
 */
package dev.framewise.operators.sink;
