package dev.framewise.toolkit.quantize;

/**
 * The values that one tensor's 256 steps are spread over. Zero is always among them, because padding is zero.
 *
 * @param min 0 or below
 * @param max 0 or above
 */
record Range(float min, float max) {
    private static final int STEPS = 255;
    private static final float LEAST_SPAN = 1e-6f;

    /** What a sigmoid gives: scale 1/255, zero point 0. */
    static final Range UNIT = new Range(0, 1);

    Range {
        min = Math.min(0, min);
        max = Math.max(0, max);
        if (!(max - min >= LEAST_SPAN)) {
            max = min + LEAST_SPAN;
        }
    }

    /** Width of one step. */
    float scale() {
        return (max - min) / STEPS;
    }

    /** The step that stands for 0, 0 to 255. */
    int zeroPoint() {
        return Math.max(0, Math.min(STEPS, Math.round(-min / scale())));
    }

    /** The least range that holds both. */
    Range union(Range other) {
        return new Range(Math.min(min, other.min), Math.max(max, other.max));
    }

    /** The part of it within bounds. */
    Range within(float least, float most) {
        float from = Math.max(min, least);
        float to = Math.min(max, most);
        return new Range(from, to);
    }
}
