/**
 * {@code framewise edge}: the device's own loop. Pictures of one camera come in, tracks, an overlay, figures and events go out, with or
 * without Kafka.
 *
 * <p>{@link dev.framewise.gateway.edge.EdgeCommand} reads options and wires; {@link dev.framewise.gateway.edge.EdgeLoop} is one frame's
 * way: capture, cadence, detector, tracker, on the camera's thread. What it shows goes to {@link
 * dev.framewise.gateway.edge.FrameWatcher}s on the same thread. Detection, tracking and cadence are those of {@code vision}, the
 * camera and the outbox those of the gateway; nothing of them is here a second time.
 */
package dev.framewise.gateway.edge;
