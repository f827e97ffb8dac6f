package dev.framewise.benchmarks.tracker;

import dev.framewise.vision.detect.Detections;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Detections of objects that go round on ellipses: every object is back where it began after the last frame, so that the scene
 * can be repeated for ever without a jump. One in ten boxes is missed, one in five has a low score, and in every fifth frame
 * there is a box of nothing. Picture: 1920x1080.
 */
public final class OrbitScene {
    private static final double WIDTH = 1920;
    private static final double HEIGHT = 1080;
    private static final int LEAST_RADIUS = 40;
    private static final int MORE_RADIUS = 160;

    private final List<Detections> frames = new ArrayList<>();

    /**
     * Makes a scene.
     *
     * @param objects from 1 on
     * @param frameCount from 1 on; at 600 and 25 a second, an object walks 1 to 5 pixels a frame
     */
    public OrbitScene(int objects, int frameCount) {
        SplittableRandom random = new SplittableRandom(/* seed= */ 7);
        double[][] orbits = new double[objects][];
        for (int i = 0; i < objects; i++) {
            orbits[i] = new double[] {
                WIDTH * random.nextDouble(),
                HEIGHT * random.nextDouble(),
                LEAST_RADIUS + MORE_RADIUS * random.nextDouble(),
                LEAST_RADIUS + MORE_RADIUS * random.nextDouble(),
                2 * Math.PI * random.nextDouble(),
                random.nextBoolean() ? 1 : -1
            };
        }
        for (int frame = 0; frame < frameCount; frame++) {
            Detections detections = new Detections();
            for (double[] orbit : orbits) {
                double angle = orbit[4] + orbit[5] * 2 * Math.PI * frame / frameCount;
                if (random.nextInt(10) > 0) {
                    add(
                            detections,
                            orbit[0] + orbit[2] * Math.cos(angle) + jitter(random),
                            orbit[1] + orbit[3] * Math.sin(angle) + jitter(random),
                            random.nextInt(5) > 0
                                    ? 0.65 + 0.3 * random.nextDouble()
                                    : 0.15 + 0.4 * random.nextDouble());
                }
            }
            if (frame % 5 == 0) {
                add(detections, WIDTH * random.nextDouble(), HEIGHT * random.nextDouble(), /* score= */ 0.3);
            }
            frames.add(detections);
        }
    }

    /** Half a pixel to either side. */
    private static double jitter(SplittableRandom random) {
        return random.nextDouble() - 0.5;
    }

    private static void add(Detections detections, double cx, double cy, double score) {
        detections.add(
                (float) (cx - 20),
                (float) (cy - 50),
                (float) (cx + 20),
                (float) (cy + 50),
                (float) score,
                /* classId= */ 0);
    }

    /** Number of frames after which it repeats. */
    public int length() {
        return frames.size();
    }

    /** Detections of a frame, from 0; beyond the length, of the frame it repeats. */
    public Detections frame(long index) {
        return frames.get((int) (index % frames.size()));
    }
}
