/**
 * Scoring: annotated boxes and a tracker's or a detector's output go in, the field's figures come out.
 *
 * <p>{@link dev.framewise.vision.eval.MotFormat} reads and writes MOT text, {@link dev.framewise.vision.eval.Sequence}
 * pairs annotations with tracks frame by frame, and {@link dev.framewise.vision.eval.Hota},
 * {@link dev.framewise.vision.eval.Clear} and {@link dev.framewise.vision.eval.Identity} score such a sequence with the
 * definitions and names of TrackEval (benchmark MOT15, as its MotChallenge2DBox reads it);
 * {@link dev.framewise.vision.eval.SequenceScores} holds the three and combines sequences.
 * {@link dev.framewise.vision.eval.AveragePrecision} scores detections.
 *
 * <p>Callers: the command line, the model gate and tests, offline, on any one thread. Nothing here is fast path.
 */
package dev.framewise.vision.eval;
