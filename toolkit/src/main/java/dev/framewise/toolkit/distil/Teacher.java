package dev.framewise.toolkit.distil;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.track.Iou;
import org.bytedeco.opencv.global.opencv_core;

/**
 * A detector that looks twice, at a frame and at its mirror image. A box that both looks give is their mean, weighted by score,
 * and as sure as the two on average; a box that one look gives is half as sure. One thread; the detector is the caller's.
 */
final class Teacher implements AutoCloseable {
    private static final float SAME_BOX = 0.5f;
    private static final int MIRROR_LEFT_RIGHT = 1;

    private final Detector detector;
    private final Detections plain = new Detections();
    private final Detections mirrored = new Detections();
    private final BgrImage mirror = new BgrImage();
    private final FrameTimings timings = new FrameTimings();

    Teacher(Detector detector) {
        this.detector = detector;
    }

    /** Looks at a frame; boxes are in its pixels. */
    Detections look(BgrImage image) {
        detect(image, plain);
        mirror.reshape(image.width(), image.height());
        opencv_core.flip(image.mat(), mirror.mat(), MIRROR_LEFT_RIGHT);
        detect(mirror, mirrored);
        return merge(image.width());
    }

    private void detect(BgrImage image, Detections into) {
        detector.load(0, image, timings);
        detector.run(1);
        detector.detections(0, into, timings);
    }

    private Detections merge(int width) {
        Detections merged = new Detections();
        boolean[] taken = new boolean[mirrored.size()];
        for (int i = 0; i < plain.size(); i++) {
            int best = partner(i, width, taken);
            if (best < 0) {
                merged.add(plain.x1(i), plain.y1(i), plain.x2(i), plain.y2(i), plain.score(i) / 2, plain.classId(i));
                continue;
            }
            taken[best] = true;
            float a = plain.score(i);
            float b = mirrored.score(best);
            merged.add(
                    (a * plain.x1(i) + b * (width - mirrored.x2(best))) / (a + b),
                    (a * plain.y1(i) + b * mirrored.y1(best)) / (a + b),
                    (a * plain.x2(i) + b * (width - mirrored.x1(best))) / (a + b),
                    (a * plain.y2(i) + b * mirrored.y2(best)) / (a + b),
                    (a + b) / 2,
                    plain.classId(i));
        }
        for (int j = 0; j < taken.length; j++) {
            if (!taken[j]) {
                merged.add(
                        width - mirrored.x2(j),
                        mirrored.y1(j),
                        width - mirrored.x1(j),
                        mirrored.y2(j),
                        mirrored.score(j) / 2,
                        mirrored.classId(j));
            }
        }
        return merged;
    }

    private int partner(int i, int width, boolean[] taken) {
        int best = -1;
        double bestIou = SAME_BOX;
        for (int j = 0; j < taken.length; j++) {
            double iou = Iou.ofXyxy(
                    plain.x1(i),
                    plain.y1(i),
                    plain.x2(i),
                    plain.y2(i),
                    width - mirrored.x2(j),
                    mirrored.y1(j),
                    width - mirrored.x1(j),
                    mirrored.y2(j));
            if (!taken[j] && iou > bestIou) {
                best = j;
                bestIou = iou;
            }
        }
        return best;
    }

    @Override
    public void close() {
        mirror.close();
    }
}
