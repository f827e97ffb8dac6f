/**
 * The following: one tracker per camera in keyed state turns detections, and the frames without them, into track rows.
 *
 * <p>{@link dev.framewise.operators.tracking.TrackingFunction} is the end of every frame's way: here its fate is final, and
 * from here it goes to {@code tracks}, to the ledger, to the samples, or to the dead letters. On the mailbox thread.
 */
package dev.framewise.operators.tracking;
