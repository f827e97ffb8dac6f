/**
 * From a camera, a stream or a clip to stamped pictures: {@link dev.framewise.gateway.capture.FrameSource} gives pictures,
 * {@link dev.framewise.gateway.capture.FrameStamper} numbers and dates them, {@link
 * dev.framewise.gateway.capture.Decimator} chooses which are sent, {@link dev.framewise.gateway.capture.CaptureLoop} runs
 * the three for one camera on one thread.
 */
package dev.framewise.gateway.capture;
