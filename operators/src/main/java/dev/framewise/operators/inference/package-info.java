/**
 * The seeing: key frames are decoded, batched and run through the model; all other frames pass by in order.
 *
 * <p>{@link dev.framewise.operators.inference.MicroBatchOperator} owns the order and the checkpoints,
 * {@link dev.framewise.operators.inference.BatchSession} the native memory: one per subtask, opened and closed with it, used
 * by the mailbox thread only.
 */
package dev.framewise.operators.inference;
