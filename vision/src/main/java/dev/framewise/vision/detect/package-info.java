/**
 * Detection: from a picture to boxes with scores and classes.
 *
 * <p>In: JPEG bytes or packed BGR pictures. Out: {@link dev.framewise.vision.detect.Detections} in pixels of the source
 * picture. The way is {@link dev.framewise.vision.detect.Detector}: decode and letterbox into a slot of the batch, run
 * the network (ONNX Runtime, on the first execution provider that can be had), decode the output by the model family's
 * {@link dev.framewise.vision.detect.Head}, and thin out with {@link dev.framewise.vision.detect.Nms}. Which head it is
 * and how the network wants its pictures is in {@link dev.framewise.vision.detect.ModelDescription}.
 *
 * <p>Callers: the inference operator, the edge loop, the evaluation and the toolkit; each subtask or loop has a detector
 * of its own, used by one thread.
 */
package dev.framewise.vision.detect;
