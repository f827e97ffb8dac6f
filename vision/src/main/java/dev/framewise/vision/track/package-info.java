/**
 * Following objects: detections of one camera go in frame by frame, tracks with ids come out.
 *
 * <p>{@link dev.framewise.vision.track.Tracker} is the seam; {@link dev.framewise.vision.track.ByteTracker} is the first
 * implementation. Its parts stand alone, so that another tracker can be built from them: motion
 * ({@link dev.framewise.vision.track.KalmanBoxFilter}), association ({@link dev.framewise.vision.track.IouAssociation}
 * over {@link dev.framewise.vision.track.Assignment}) and the life of a track (the tracker itself).
 *
 * <p>Callers: the keyed tracking operator, the edge loop and the command line, each on its own thread with its own
 * tracker; nothing here is shared or thread-safe. After warm-up a frame allocates nothing.
 */
package dev.framewise.vision.track;
