package dev.framewise.vision.image;

import dev.framewise.vision.image.InputFormat.Fit;

/**
 * Where a picture lies in the input of a network. A point of the input, less the picture's corner and divided by the
 * scale, is a point of the source picture.
 *
 * <p>Sources: YOLOX, {@code preproc} in yolox/data/data_augment.py (sizes truncated, not rounded); Ultralytics,
 * {@code LetterBox} in ultralytics/data/augment.py (sizes rounded to even, and half a pixel of padding goes below and to
 * the right).
 *
 * @param sourceWidth pixels
 * @param sourceHeight pixels
 * @param scaleX network pixels per source pixel, across
 * @param scaleY network pixels per source pixel, down
 * @param left left edge of the scaled picture, network pixels
 * @param top top edge of the scaled picture, network pixels
 * @param innerWidth width of the scaled picture, network pixels
 * @param innerHeight height of the scaled picture, network pixels
 */
public record LetterboxGeometry(
        int sourceWidth,
        int sourceHeight,
        double scaleX,
        double scaleY,
        int left,
        int top,
        int innerWidth,
        int innerHeight) {
    /** Fits a picture into an input of {@code inputWidth} by {@code inputHeight} pixels. */
    public static LetterboxGeometry fit(int sourceWidth, int sourceHeight, int inputWidth, int inputHeight, Fit fit) {
        double scaleX = inputWidth / (double) sourceWidth;
        double scaleY = inputHeight / (double) sourceHeight;
        if (fit == Fit.STRETCHED) {
            return new LetterboxGeometry(
                    sourceWidth, sourceHeight, scaleX, scaleY, /* left= */ 0, /* top= */ 0, inputWidth, inputHeight);
        }
        double scale = Math.min(scaleX, scaleY);
        boolean centred = fit == Fit.CENTRED;
        int innerWidth = length(sourceWidth * scale, centred);
        int innerHeight = length(sourceHeight * scale, centred);
        int left = centred ? padding(inputWidth - innerWidth) : 0;
        int top = centred ? padding(inputHeight - innerHeight) : 0;
        return new LetterboxGeometry(sourceWidth, sourceHeight, scale, scale, left, top, innerWidth, innerHeight);
    }

    /** A picture of 4000x3 pixels still gets one row. */
    private static int length(double exact, boolean rounded) {
        return Math.max(1, (int) (rounded ? Math.rint(exact) : exact));
    }

    private static int padding(int spare) {
        return (int) Math.rint(spare / 2.0 - 0.1);
    }

    /** Whether this is the geometry of pictures of that size. */
    public boolean isFor(int width, int height) {
        return width == sourceWidth && height == sourceHeight;
    }
}
