/**
 * Distillation: small networks that learn from large ones.
 *
 * <p>A detector learns from a teacher's boxes and scores over frames that nobody has labelled: {@link
 * dev.framewise.toolkit.distil.DetectorDistillation} is the whole way, from frames over cleaned labels to an ONNX file that is
 * checked against the framework it was trained in. All of it runs on the caller's thread; the same frames and seed give the same
 * bytes on the same machine.
 */
package dev.framewise.toolkit.distil;
