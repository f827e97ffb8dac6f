package dev.framewise.vision.track;

/**
 * Where a point of one picture is in the next: pyramidal Lucas-Kanade (J.-Y. Bouguet, "Pyramidal Implementation of the Lucas Kanade Feature
 * Tracker", Intel, 2000): from the coarse level to the fine one, the displacement of a window is the one that explains its
 * change of brightness best, found by a few Gauss-Newton steps over its gradients.
 *
 * <p>Written here and not taken from OpenCV: the few hundred points of a frame cost less than a millisecond, and OpenCV's
 * video module would bring its native companions to every device. Deterministic, allocates nothing, one thread.
 */
final class PointFlow {
    private static final int WINDOW = 15;
    private static final int RADIUS = WINDOW / 2;
    private static final int PATCH = WINDOW + 2;
    private static final int STEPS = 3;

    /** A step shorter than this ends the search, pixels of the level. */
    private static final float SETTLED_PIXELS = 0.03f;

    /** Least strength of the weaker gradient direction, grey levels squared per pixel: below it a window says nothing. */
    private static final float MIN_TEXTURE = 0.5f;

    private final float[] patch = new float[PATCH * PATCH];
    private final float[] row = new float[PATCH + 1];
    private final float[] template = new float[WINDOW * WINDOW];
    private final float[] gradientX = new float[WINDOW * WINDOW];
    private final float[] gradientY = new float[WINDOW * WINDOW];

    private float inverseXx;
    private float inverseXy;
    private float inverseYy;
    private float foundX;
    private float foundY;

    /**
     * Finds a point.
     *
     * @param x where it is in {@code from}, pixels of the larger level
     * @param guessX where it is expected in {@code to}
     * @return whether it was found; its place is {@link #x}, {@link #y}
     */
    boolean find(FlowPyramid from, FlowPyramid to, float x, float y, float guessX, float guessY) {
        foundX = guessX;
        foundY = guessY;
        for (int level = FlowPyramid.LEVELS - 1; level >= 0; level--) {
            float scale = 1f / (1 << level);
            // the centre of a pixel of the small level lies between those of the large one
            float shift = 0.5f * scale - 0.5f;
            if (!refine(from, to, level, x * scale + shift, y * scale + shift, scale, shift)) {
                if (level == 0) {
                    return false;
                }
            }
        }
        return foundX >= 0 && foundY >= 0 && foundX <= to.width(0) - 1 && foundY <= to.height(0) - 1;
    }

    float x() {
        return foundX;
    }

    float y() {
        return foundY;
    }

    private boolean refine(FlowPyramid from, FlowPyramid to, int level, float x, float y, float scale, float shift) {
        if (!isInside(from, level, x, y) || !takeTemplate(from, level, x, y)) {
            return false;
        }
        float toX = foundX * scale + shift;
        float toY = foundY * scale + shift;
        for (int step = 0; step < STEPS; step++) {
            if (!isInside(to, level, toX, toY)) {
                return false;
            }
            float stepX = 0;
            float stepY = 0;
            sample(to, level, toX - RADIUS, toY - RADIUS, WINDOW);
            float sumX = 0;
            float sumY = 0;
            for (int i = 0; i < WINDOW * WINDOW; i++) {
                float difference = template[i] - patch[i];
                sumX += difference * gradientX[i];
                sumY += difference * gradientY[i];
            }
            stepX = inverseXx * sumX + inverseXy * sumY;
            stepY = inverseXy * sumX + inverseYy * sumY;
            toX += stepX;
            toY += stepY;
            if (stepX * stepX + stepY * stepY < SETTLED_PIXELS * SETTLED_PIXELS) {
                break;
            }
        }
        foundX = (toX - shift) / scale;
        foundY = (toY - shift) / scale;
        return true;
    }

    /** Whether the window around a point, gradients included, can be read. NaN is not. */
    private static boolean isInside(FlowPyramid pyramid, int level, float x, float y) {
        float reach = FlowPyramid.MARGIN - RADIUS - 3;
        return x >= -reach
                && y >= -reach
                && x <= pyramid.width(level) - 1 + reach
                && y <= pyramid.height(level) - 1 + reach;
    }

    private boolean takeTemplate(FlowPyramid from, int level, float x, float y) {
        sample(from, level, x - RADIUS - 1, y - RADIUS - 1, PATCH);
        float xx = 0;
        float xy = 0;
        float yy = 0;
        int i = 0;
        for (int v = 1; v <= WINDOW; v++) {
            for (int at = v * PATCH + 1; at <= v * PATCH + WINDOW; at++) {
                float dx = 0.5f * (patch[at + 1] - patch[at - 1]);
                float dy = 0.5f * (patch[at + PATCH] - patch[at - PATCH]);
                template[i] = patch[at];
                gradientX[i] = dx;
                gradientY[i++] = dy;
                xx += dx * dx;
                xy += dx * dy;
                yy += dy * dy;
            }
        }
        float half = (xx + yy) / 2;
        float spread = (float) Math.sqrt((xx - yy) * (xx - yy) / 4 + xy * xy);
        if (half - spread < MIN_TEXTURE * WINDOW * WINDOW) {
            return false;
        }
        float determinant = xx * yy - xy * xy;
        inverseXx = yy / determinant;
        inverseXy = -xy / determinant;
        inverseYy = xx / determinant;
        return true;
    }

    /** Reads a square of {@code size} pixels from a place between pixels into {@link #patch}, row by row. */
    private void sample(FlowPyramid pyramid, int level, float left, float top, int size) {
        int x = (int) Math.floor(left);
        int y = (int) Math.floor(top);
        float shareX = left - x;
        float shareY = top - y;
        byte[] plane = pyramid.plane(level);
        int stride = pyramid.stride(level);
        int at = (y + FlowPyramid.MARGIN) * stride + FlowPyramid.MARGIN + x;
        blend(plane, at, shareX, size);
        for (int v = 0; v < size; v++) {
            at += stride;
            int target = v * size;
            float previous = plane[at] & 0xff;
            for (int u = 0; u < size; u++) {
                float next = plane[at + u + 1] & 0xff;
                float below = previous + shareX * (next - previous);
                patch[target + u] = row[u] + shareY * (below - row[u]);
                row[u] = below;
                previous = next;
            }
        }
    }

    private void blend(byte[] plane, int at, float share, int size) {
        for (int u = 0; u < size; u++) {
            float value = plane[at + u] & 0xff;
            row[u] = value + share * ((plane[at + u + 1] & 0xff) - value);
        }
    }
}
