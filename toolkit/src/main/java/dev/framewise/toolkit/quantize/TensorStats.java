package dev.framewise.toolkit.quantize;

/** What was seen of one tensor over all calibration pictures: extremes at the first pass, a histogram between them at the second. */
final class TensorStats {
    static final int BINS = 2048;

    /** How much of the moving average the newest picture is. */
    private static final float MOMENTUM = 0.1f;

    private float min = Float.POSITIVE_INFINITY;
    private float max = Float.NEGATIVE_INFINITY;
    private float meanMin = Float.NaN;
    private float meanMax = Float.NaN;
    private final long[] bins = new long[BINS];
    private long counted;
    private int size;

    /** First pass. */
    void extremes(float[] values) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        size = values.length;
        min = Math.min(min, least);
        max = Math.max(max, most);
        meanMin = Float.isNaN(meanMin) ? least : meanMin + MOMENTUM * (least - meanMin);
        meanMax = Float.isNaN(meanMax) ? most : meanMax + MOMENTUM * (most - meanMax);
    }

    /** Second pass, over the same pictures. */
    void count(float[] values) {
        if (!(max > min)) {
            return;
        }
        float perBin = (float) (BINS / ((double) max - min));
        for (float value : values) {
            int bin = (int) ((value - min) * perBin);
            bins[Math.max(0, Math.min(BINS - 1, bin))]++;
        }
        counted += values.length;
    }

    /** Whether every value was a finite number. */
    boolean isFinite() {
        return Float.isFinite(min) && Float.isFinite(max);
    }

    /** Values of one picture. */
    int size() {
        return size;
    }

    float min() {
        return min;
    }

    float max() {
        return max;
    }

    /** Moving average of the pictures' least values. */
    float meanMin() {
        return meanMin;
    }

    /** Moving average of the pictures' greatest values. */
    float meanMax() {
        return meanMax;
    }

    long[] bins() {
        return bins;
    }

    /** Values in the histogram. */
    long counted() {
        return counted;
    }

    /** The value at the lower edge of a bin. */
    float edge(int bin) {
        return (float) (min + ((double) max - min) * bin / BINS);
    }
}
