/** Kafka records become records of the contract. Called by the source's reader, on the subtask's mailbox thread. */
package dev.framewise.operators.source;
