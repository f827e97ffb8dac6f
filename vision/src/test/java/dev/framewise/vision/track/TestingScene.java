package dev.framewise.vision.track;

import dev.framewise.vision.detect.Detections;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Detections of objects that walk, cross, hide and are missed, and of things that are none; made from a seed. */
final class TestingScene {
    private final List<Detections> frames = new ArrayList<>();

    TestingScene(long seed, int objects, int frameCount) {
        Random random = new Random(seed);
        double[][] state = new double[objects][];
        for (int i = 0; i < objects; i++) {
            state[i] = new double[] {
                400 * random.nextDouble(), // cx
                300 * random.nextDouble(), // cy
                20 + 40 * random.nextDouble(), // width
                40 + 80 * random.nextDouble(), // height
                6 * random.nextGaussian(), // velocities, pixels per frame
                3 * random.nextGaussian()
            };
        }
        for (int f = 0; f < frameCount; f++) {
            Detections detections = new Detections();
            for (double[] object : state) {
                object[0] += object[4];
                object[1] += object[5];
                addDetection(object, random, detections);
            }
            if (random.nextInt(4) == 0) {
                addBox(random, 400 * random.nextDouble(), 300 * random.nextDouble(), 30, 60, detections);
            }
            frames.add(detections);
        }
    }

    /** Frames are numbered from 1. */
    int frameCount() {
        return frames.size();
    }

    Detections detections(long frame) {
        return frames.get((int) frame - 1);
    }

    private static void addDetection(double[] object, Random random, Detections detections) {
        if (random.nextInt(6) > 0) {
            addBox(
                    random,
                    object[0] + random.nextGaussian(),
                    object[1] + random.nextGaussian(),
                    object[2] * (1 + 0.05 * random.nextGaussian()),
                    object[3] * (1 + 0.05 * random.nextGaussian()),
                    detections);
        }
    }

    private static void addBox(
            Random random, double cx, double cy, double width, double height, Detections detections) {
        detections.add(
                (float) (cx - width / 2),
                (float) (cy - height / 2),
                (float) (cx + width / 2),
                (float) (cy + height / 2),
                random.nextFloat(),
                random.nextInt(2));
    }
}
