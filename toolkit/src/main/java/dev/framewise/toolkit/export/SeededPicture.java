package dev.framewise.toolkit.export;

import java.util.SplittableRandom;

/**
 * Inputs for models nobody has pictures for. Smooth, as pictures are: on noise many networks give values without bounds, and their
 * differences say nothing.
 */
final class SeededPicture {
    private static final int PLANES = 3;
    private static final int WAVES = 6;
    /** Most periods of a wave over the picture. */
    private static final double FINEST = 12;

    private SeededPicture() {}

    /** Values 0 to 1, [3, height, width]. */
    static float[] of(long seed, int width, int height) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[PLANES * height * width];
        for (int plane = 0; plane < PLANES; plane++) {
            float[] wave = new float[WAVES * 3];
            for (int i = 0; i < wave.length; i++) {
                wave[i] = (float) random.nextDouble(-FINEST, FINEST);
            }
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double sum = 0;
                    for (int w = 0; w < WAVES; w++) {
                        double turns = wave[3 * w] * x / width + wave[3 * w + 1] * y / height + wave[3 * w + 2];
                        sum += Math.sin(2 * Math.PI * turns);
                    }
                    values[(plane * height + y) * width + x] = (float) (0.5 + sum / (2 * WAVES));
                }
            }
        }
        return values;
    }
}
