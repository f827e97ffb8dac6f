package dev.framewise.vision.track;

import java.util.Arrays;

/**
 * How alike two boxes are in colour: histograms of hue, saturation and value over the upper and the lower body, compared by
 * Bhattacharyya's coefficient (as P. Pérez et al., "Color-Based Probabilistic Tracking", ECCV 2002). The sides of the box, its
 * head and its feet are left out: there the background shows.
 *
 * <p>A histogram is {@link #SIZE} roots of shares, so that comparing is one scalar product. One thread; allocates nothing.
 */
final class ColourCue {
    private static final int HUES = 8;
    private static final int SATURATIONS = 4;
    private static final int VALUES = 3;
    private static final int PART = HUES * SATURATIONS * VALUES;

    /** Floats of one histogram. */
    static final int SIZE = 2 * PART;

    /** Share of the width on either side that is left out. */
    private static final double SIDE = 0.2;

    private static final double TOP = 0.1;
    private static final double MIDDLE = 0.5;
    private static final double BOTTOM = 0.9;

    /** More pixels than this along an axis of a part are not all read. */
    private static final int MAX_SAMPLES = 24;

    private ColourCue() {}

    /**
     * Takes the histogram of a box.
     *
     * @param x1 left edge, pixels of the source, twice those of the picture; so the others
     * @param into {@link #SIZE} floats from {@code at} on
     * @return false if too little of the box lies within the picture
     */
    static boolean measure(HalfPicture picture, double x1, double y1, double x2, double y2, float[] into, int at) {
        double width = (x2 - x1) / 2;
        double height = (y2 - y1) / 2;
        int left = clamp(x1 / 2 + SIDE * width, picture.width());
        int right = clamp(x2 / 2 - SIDE * width, picture.width());
        int top = clamp(y1 / 2 + TOP * height, picture.height());
        int middle = clamp(y1 / 2 + MIDDLE * height, picture.height());
        int bottom = clamp(y1 / 2 + BOTTOM * height, picture.height());
        return measurePart(picture, left, top, right, middle, into, at)
                && measurePart(picture, left, middle, right, bottom, into, at + PART);
    }

    /** Of two histograms, 0 to 1: 1 where they are the same. */
    static double similarity(float[] a, int atA, float[] b, int atB) {
        float sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += a[atA + i] * b[atB + i];
        }
        return sum / 2;
    }

    /** Moves a histogram a share of the way towards another. */
    static void blend(float[] histogram, float[] towards, int at, float share) {
        for (int i = 0; i < SIZE; i++) {
            float before = histogram[i] * histogram[i];
            float after = towards[at + i] * towards[at + i];
            histogram[i] = (float) Math.sqrt(before + share * (after - before));
        }
    }

    private static boolean measurePart(
            HalfPicture picture, int left, int top, int right, int bottom, float[] into, int at) {
        if (right - left < 2 || bottom - top < 2) {
            return false;
        }
        Arrays.fill(into, at, at + PART, 0);
        int stepX = 1 + (right - left) / MAX_SAMPLES;
        int stepY = 1 + (bottom - top) / MAX_SAMPLES;
        int count = 0;
        for (int y = top; y < bottom; y += stepY) {
            int chromaRow = y * picture.chromaHeight() / picture.height() * picture.chromaWidth();
            for (int x = left; x < right; x += stepX) {
                int luma = picture.luma()[y * picture.width() + x] & 0xff;
                int bin;
                if (picture.hasColour()) {
                    int chroma = chromaRow + x * picture.chromaWidth() / picture.width();
                    bin = bin(luma, (picture.cb()[chroma] & 0xff) - 128, (picture.cr()[chroma] & 0xff) - 128);
                } else {
                    bin = bin(luma, 0, 0);
                }
                into[at + bin]++;
                count++;
            }
        }
        for (int i = at; i < at + PART; i++) {
            into[i] = (float) Math.sqrt(into[i] / count);
        }
        return true;
    }

    /** JFIF's colour in 16 fractional bits, then hue, saturation and value as everywhere. */
    private static int bin(int luma, int cb, int cr) {
        int red = limit(luma + ((91881 * cr) >> 16));
        int green = limit(luma - ((22554 * cb + 46802 * cr) >> 16));
        int blue = limit(luma + ((116130 * cb) >> 16));
        int most = Math.max(red, Math.max(green, blue));
        int spread = most - Math.min(red, Math.min(green, blue));
        int saturation = most == 0 ? 0 : 255 * spread / most;
        return (hue(red, green, blue, most, spread) * SATURATIONS + saturation * SATURATIONS / 256) * VALUES
                + most * VALUES / 256;
    }

    /** Which eighth of the circle. */
    private static int hue(int red, int green, int blue, int most, int spread) {
        if (spread == 0) {
            return 0;
        }
        int sixths; // of the circle, in 1/256
        if (most == red) {
            sixths = 256 * (green - blue) / spread;
        } else if (most == green) {
            sixths = 512 + 256 * (blue - red) / spread;
        } else {
            sixths = 1024 + 256 * (red - green) / spread;
        }
        return Math.floorMod(sixths, 1536) * HUES / 1536;
    }

    private static int limit(int value) {
        return Math.max(0, Math.min(255, value));
    }

    private static int clamp(double value, int size) {
        return (int) Math.max(0, Math.min(size, Math.round(value)));
    }
}
