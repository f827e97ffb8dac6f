package dev.framewise.vision.image;

/**
 * Where a picture lies in the square of a network: scaled by one factor for both axes, at the top left corner, the rest
 * padded. A point of the network's input divided by {@code scale} is a point of the source picture.
 *
 * <p>Source: YOLOX, {@code preproc} in yolox/data/data_augment.py (sizes truncated, not rounded).
 *
 * @param sourceWidth pixels
 * @param sourceHeight pixels
 * @param scale network pixels per source pixel
 * @param innerWidth width of the scaled picture, network pixels
 * @param innerHeight height of the scaled picture, network pixels
 */
public record LetterboxGeometry(int sourceWidth, int sourceHeight, double scale, int innerWidth, int innerHeight) {
    /** Fits a picture into an input of {@code inputWidth} by {@code inputHeight} pixels. */
    public static LetterboxGeometry fit(int sourceWidth, int sourceHeight, int inputWidth, int inputHeight) {
        double scale = Math.min(inputHeight / (double) sourceHeight, inputWidth / (double) sourceWidth);
        // A picture of 4000x3 pixels still gets one row.
        int innerWidth = Math.max(1, (int) (sourceWidth * scale));
        int innerHeight = Math.max(1, (int) (sourceHeight * scale));
        return new LetterboxGeometry(sourceWidth, sourceHeight, scale, innerWidth, innerHeight);
    }

    /** Whether this is the geometry of pictures of that size. */
    public boolean isFor(int width, int height) {
        return width == sourceWidth && height == sourceHeight;
    }
}
