/**
 * The seeing: key frames are decoded, batched and run through the model.
 *
 * <p>{@link dev.framewise.operators.inference.MicroBatcher} says when a batch runs, and
 * {@link dev.framewise.operators.inference.BatchSession} owns the native memory: one per subtask, opened and closed with it.
 * Plain Java; {@code operators.perception} calls it on the mailbox thread.
 */
package dev.framewise.operators.inference;
