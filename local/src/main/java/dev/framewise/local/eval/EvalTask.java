package dev.framewise.local.eval;

import dev.framewise.local.Looking;
import dev.framewise.local.TrackerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is to be run.
 *
 * @param clip the video
 * @param model the ONNX file
 * @param looking when the detector looks
 * @param phases frames before the first key frame; one run each
 * @param classes class indices to detect; empty for all
 * @param jpegQuality 1 to 100; empty: the detector gets the raw frames
 * @param tracker the tracker
 */
record EvalTask(
        Path clip,
        Path model,
        Looking looking,
        List<Integer> phases,
        List<Integer> classes,
        OptionalInt jpegQuality,
        TrackerOptions tracker) {}
