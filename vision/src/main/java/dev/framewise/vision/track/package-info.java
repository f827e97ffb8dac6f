/**
 * Following objects: detections of one camera go in frame by frame, tracks with ids come out.
 *
 * <p>{@link dev.framewise.vision.track.Tracker} is the seam. {@link dev.framewise.vision.track.SkipTracker} follows across frames
 * that the detector skips: by motion ({@link dev.framewise.vision.track.BoxMotion}), by pixels where there are any
 * ({@link dev.framewise.vision.track.PixelMotion}, {@link dev.framewise.vision.track.ColourBook}), and
 * {@link dev.framewise.vision.track.TrackDelay} fills skipped frames in behind it. {@link dev.framewise.vision.track.ByteTracker} is
 * the textbook's, for comparison. {@link dev.framewise.vision.track.Cadence} says when the detector looks.
 *
 * <p>Callers: the keyed tracking operator, the edge loop and the command line, each on its own thread with its own
 * tracker; nothing here is shared or thread-safe. After warm-up a frame allocates nothing.
 */
package dev.framewise.vision.track;
