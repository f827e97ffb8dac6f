package dev.framewise.local.eval;

import dev.framewise.vision.track.ByteTrackOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is to be run.
 *
 * @param clip the video
 * @param model the ONNX file
 * @param interval the detector looks at one of this many frames, at least 1
 * @param phases frames before the first key frame, 0 to {@code interval} - 1 each; one run each
 * @param classes class indices to detect; empty for all
 * @param jpegQuality 1 to 100; empty: the detector gets the raw frames
 * @param tracker the tracker's options
 */
record EvalTask(
        Path clip,
        Path model,
        int interval,
        List<Integer> phases,
        List<Integer> classes,
        OptionalInt jpegQuality,
        ByteTrackOptions tracker) {
    /** Whether the detector looks at a frame (from 1) in some phase. */
    boolean isKeyFrame(int frame) {
        return phases.stream().anyMatch(phase -> isKeyFrame(frame, phase));
    }

    /** Whether the detector looks at a frame (from 1) in this phase. */
    boolean isKeyFrame(int frame, int phase) {
        return frame > phase && (frame - 1 - phase) % interval == 0;
    }

    /** Key frames of one phase among so many frames. */
    int keyFrames(int frames, int phase) {
        return frames <= phase ? 0 : 1 + (frames - 1 - phase) / interval;
    }
}
