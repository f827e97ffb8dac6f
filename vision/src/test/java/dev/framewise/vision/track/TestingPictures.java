package dev.framewise.vision.track;

import java.util.Random;

/** Half-size pictures made from a seed: a textured ground that may shift, and textured squares that walk over it. */
final class TestingPictures {
    static final int WIDTH = 160;
    static final int HEIGHT = 120;

    private final byte[] ground = noise(1, 2 * WIDTH, 2 * HEIGHT);
    private final byte[] object = noise(2, 64, 64);

    /** How far the ground has moved to the left, pixels. */
    double groundX;

    /** Left and top edge of the object, 24x40 pixels; NaN for none. */
    double objectX = Double.NaN;

    double objectY;

    void draw(HalfPicture into) {
        into.reshape(WIDTH, HEIGHT);
        into.reshapeChroma(WIDTH / 2, HEIGHT / 2);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double u = x - objectX;
                double v = y - objectY;
                boolean inside = u >= 0 && u < 24 && v >= 0 && v < 40;
                double value = inside ? sample(object, 64, u + 4, v + 4) : sample(ground, 2 * WIDTH, x + groundX, y);
                into.luma()[y * WIDTH + x] = (byte) (int) Math.round(value);
                into.cb()[y / 2 * (WIDTH / 2) + x / 2] = (byte) (inside ? 90 : 128);
                into.cr()[y / 2 * (WIDTH / 2) + x / 2] = (byte) (inside ? 180 : 128);
            }
        }
    }

    /** As a {@link PixelSource}. */
    boolean drawn(HalfPicture into) {
        draw(into);
        return true;
    }

    HalfPicture picture() {
        HalfPicture picture = new HalfPicture();
        draw(picture);
        return picture;
    }

    private static double sample(byte[] plane, int stride, double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double u = x - left;
        double v = y - top;
        int at = top * stride + left;
        double upper = (plane[at] & 0xff) * (1 - u) + (plane[at + 1] & 0xff) * u;
        double lower = (plane[at + stride] & 0xff) * (1 - u) + (plane[at + stride + 1] & 0xff) * u;
        return upper * (1 - v) + lower * v;
    }

    /** Noise that is smooth over a few pixels. */
    private static byte[] noise(long seed, int width, int height) {
        Random random = new Random(seed);
        double[] rough = random.doubles((long) width * height).toArray();
        byte[] smooth = new byte[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double sum = 0;
                for (int dy = -2; dy <= 2; dy++) {
                    for (int dx = -2; dx <= 2; dx++) {
                        sum += rough[Math.floorMod(y + dy, height) * width + Math.floorMod(x + dx, width)];
                    }
                }
                smooth[y * width + x] = (byte) (int) Math.max(0, Math.min(255, 128 + 60 * (sum - 12.5)));
            }
        }
        return smooth;
    }
}
