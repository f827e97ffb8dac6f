/**
 * The beginning of the perception job: Kafka records become {@link dev.framewise.operators.frame.FrameTask}s.
 *
 * <p>{@link dev.framewise.operators.frame.FrameDeserializer} reads what the gateways wrote; the stream is keyed by camera
 * once; {@link dev.framewise.operators.frame.FrameOrder} lets records that overtook others wait for them;
 * {@link dev.framewise.operators.frame.FrameAdmission} decides for every frame whether it is new, in order and usable. What live frames
 * went past while a gateway was cut off is {@link dev.framewise.operators.frame.MissingFrames missing}, and goes to the camera's backlog
 * lane when it comes.
 * What comes beside the frames ({@link dev.framewise.operators.frame.Steering}) joins them here.
 * Nothing is filtered out: a frame that needs no more work carries its fate and
 * travels on, so that the ledger at the end sees every one. All on the subtask's mailbox thread.
 */
package dev.framewise.operators.frame;
