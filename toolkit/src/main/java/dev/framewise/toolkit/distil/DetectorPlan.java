package dev.framewise.toolkit.distil;

import java.nio.file.Path;
import java.util.List;

/**
 * What a student detector learns from, and how long.
 *
 * @param teacher an ONNX detector
 * @param teacherName how model cards call it
 * @param className the class that is learned, by the teacher's name of it
 * @param frames cameras; one or more
 * @param images training pictures, at least 8
 * @param seed of everything random
 * @param folder where everything lies: the training's files, the student, its card
 */
public record DetectorPlan(
        Path teacher,
        String teacherName,
        String className,
        List<FrameSource> frames,
        long images,
        long seed,
        Path folder) {
    /** Pictures of one step. */
    public static final int BATCH = 8;

    public DetectorPlan {
        frames = List.copyOf(frames);
        if (frames.isEmpty() || images < BATCH) {
            throw new IllegalArgumentException(frames.size() + " sources of frames and " + images
                    + " training pictures; allowed: 1 or more, and " + BATCH + " or more");
        }
    }

    long steps() {
        return images / BATCH;
    }

    /** All that the student's weights depend on, beside the frames themselves. */
    String recipe() {
        return "detector teacher=" + teacherName + " class=" + className + " frames="
                + frames.stream().map(FrameSource::name).toList() + " images=" + images + " seed=" + seed;
    }
}
