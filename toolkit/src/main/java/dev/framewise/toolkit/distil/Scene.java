package dev.framewise.toolkit.distil;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.image.BgrImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * The frames of one camera, their labels cleaned.
 *
 * <p>Two rules clean what the teacher says, and both ask only what a camera that does not move can know. A box in which nothing
 * ever differs from the background is no object that comes and goes, but a pole or a sign that the teacher takes for one: its
 * score becomes 0. Scores are sharpened: a teacher that says 0.7 is right nearly always and one that says 0.1 nearly never,
 * so {@code clip((t - 0.1) / 0.6)} is what the student is to say.
 *
 * @param frames at least one, all of one size
 * @param dropped boxes whose score became 0 because they are background
 */
record Scene(String name, List<LabelledFrame> frames, Background background, int dropped) {
    /** Least score at which the teacher's boxes are taken at all. */
    static final float TEACHER_THRESHOLD = 0.1f;

    private static final float SHARPEN_FROM = 0.1f;
    private static final float SHARPEN_RANGE = 0.6f;
    /** Share of a box that must differ from the background; shadows and noise reach a few percent. */
    private static final float MIN_FOREGROUND = 0.1f;
    /** Frames are kept no wider than this: the network sees 416 pixels, and training shows them a third larger at most. */
    private static final int MAX_WIDTH = 640;

    /**
     * Reads a source, lets the teacher look at it, and cleans the labels.
     *
     * @param wanted the teacher's class that is learned
     */
    static Scene read(FrameSource source, Teacher teacher, int wanted) throws IOException {
        List<LabelledFrame> raw = new ArrayList<>();
        try (BgrImage small = new BgrImage()) {
            source.read(image -> {
                LabelledFrame frame = label(image, teacher.look(image), wanted, small);
                if (!raw.isEmpty() && frame.bgr().length != raw.get(0).bgr().length) {
                    throw new IOException(source.name() + ": frames of different sizes, "
                            + raw.get(0).width() + "x"
                            + raw.get(0).height() + " and " + frame.width() + "x" + frame.height()
                            + "; a source is one camera");
                }
                raw.add(frame);
            });
        }
        return clean(source.name(), raw);
    }

    /** The scene of frames as the teacher has labelled them. */
    static Scene clean(String name, List<LabelledFrame> raw) {
        Background background = Background.of(raw);
        List<LabelledFrame> cleaned = new ArrayList<>();
        int dropped = 0;
        for (LabelledFrame frame : raw) {
            float[] scores = new float[frame.boxes()];
            for (int i = 0; i < scores.length; i++) {
                float[] box = frame.boxesXyxy();
                boolean moves =
                        background.foreground(frame.bgr(), box[4 * i], box[4 * i + 1], box[4 * i + 2], box[4 * i + 3])
                                >= MIN_FOREGROUND;
                scores[i] = moves ? sharpened(frame.scores()[i]) : 0;
                dropped += moves ? 0 : 1;
            }
            cleaned.add(frame.with(scores));
        }
        return new Scene(name, cleaned, background, dropped);
    }

    static float sharpened(float score) {
        return Math.max(0, Math.min(1, (score - SHARPEN_FROM) / SHARPEN_RANGE));
    }

    private static LabelledFrame label(BgrImage image, Detections seen, int wanted, BgrImage small) {
        float scale = Math.min(1, MAX_WIDTH / (float) image.width());
        int width = Math.round(image.width() * scale);
        int height = Math.round(image.height() * scale);
        small.reshape(width, height);
        try (Size size = new Size(width, height)) {
            opencv_imgproc.resize(image.mat(), small.mat(), size);
        }
        byte[] bgr = new byte[3 * width * height];
        small.buffer().get(bgr);
        int count = 0;
        for (int i = 0; i < seen.size(); i++) {
            count += seen.classId(i) == wanted ? 1 : 0;
        }
        float[] boxes = new float[4 * count];
        float[] scores = new float[count];
        int at = 0;
        for (int i = 0; i < seen.size(); i++) {
            if (seen.classId(i) == wanted) {
                boxes[4 * at] = seen.x1(i) * scale;
                boxes[4 * at + 1] = seen.y1(i) * scale;
                boxes[4 * at + 2] = seen.x2(i) * scale;
                boxes[4 * at + 3] = seen.y2(i) * scale;
                scores[at++] = seen.score(i);
            }
        }
        return new LabelledFrame(width, height, bgr, boxes, scores);
    }

    int boxes() {
        return frames.stream().mapToInt(LabelledFrame::boxes).sum();
    }
}
