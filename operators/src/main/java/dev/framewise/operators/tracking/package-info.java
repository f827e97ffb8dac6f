/**
 * The following: one tracker per camera in keyed state turns detections, and the frames without them, into track rows.
 *
 * <p>{@link dev.framewise.operators.tracking.FrameTracking} decides with the camera's cadence whether the detector looks at a
 * frame, and is the end of every frame's way: here its fate is final, and from here it goes to {@code tracks}, to the ledger,
 * to the samples, or to the dead letters. Plain Java; {@code operators.perception} calls it on the mailbox thread.
 */
package dev.framewise.operators.tracking;
