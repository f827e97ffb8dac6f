/**
 * The seeing: key frames are decoded, batched and run through the model.
 *
 * <p>A {@link dev.framewise.operators.inference.Batcher} fills and runs batches: here and now, or on a thread of its own.
 * {@link dev.framewise.operators.inference.BatchSession} owns the native memory: one per subtask, or two that take turns, opened
 * and closed with it. {@link dev.framewise.operators.inference.ModelTuner} finds out at the start how a model is best run. Plain
 * Java; {@code operators.perception} calls it on the mailbox thread.
 */
package dev.framewise.operators.inference;
