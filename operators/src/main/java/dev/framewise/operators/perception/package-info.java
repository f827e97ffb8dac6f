/**
 * The middle of the perception job: frames that were admitted come in, track rows go out, each camera's in order.
 *
 * <p>{@link dev.framewise.operators.perception.PerceptionOperator} is the Flink shell: keyed state, timers, watermarks,
 * checkpoints. {@link dev.framewise.operators.perception.PerceptionFlow} is what it does, in plain Java: frames of all cameras
 * share batches, frames of one camera are tracked one after the other, and whether the detector looks at a frame may depend on
 * the tracks of the one before. Everything on the subtask's mailbox thread.
 */
package dev.framewise.operators.perception;
