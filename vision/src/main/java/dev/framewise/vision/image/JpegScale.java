package dev.framewise.vision.image;

/**
 * How much smaller than its source a JPEG is decoded. The smaller picture is made from the lowest coefficients of each
 * block of 8x8 pixels, so that each of its pixels is a mean of those it stands for, and costs less than decoding them all.
 */
public enum JpegScale {
    QUARTER(2),
    HALF(1),
    FULL(0);

    /** Log2 of the denominator. */
    private final int shift;

    JpegScale(int shift) {
        this.shift = shift;
    }

    /** Source pixels per decoded pixel, along each axis. */
    public int denominator() {
        return 1 << shift;
    }

    /** Width or height of the decoded picture for that of its source: the last pixel may stand for fewer than others. */
    public int lengthOf(int sourceLength) {
        return -(-sourceLength >> shift);
    }

    /** Log2 of the denominator. */
    int shift() {
        return shift;
    }
}
