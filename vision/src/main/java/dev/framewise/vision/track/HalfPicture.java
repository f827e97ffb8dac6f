package dev.framewise.vision.track;

/**
 * A picture at half size on the heap, as pixel motion and the colour cue want it: luma of half the width and height of the
 * source (rounded up), one byte per pixel without padding, and, where the source has colour, Cb and Cr of any common size.
 * Full range BT.601 (JFIF), 0 to 255 as unsigned bytes. Reusable: its arrays only grow; not thread-safe.
 */
public final class HalfPicture {
    private int width;
    private int height;
    private byte[] luma = new byte[0];
    private int chromaWidth;
    private int chromaHeight;
    private byte[] cb = new byte[0];
    private byte[] cr = new byte[0];

    /** Gives the luma plane a size; its content is undefined, and there is no colour. */
    public void reshape(int newWidth, int newHeight) {
        if (newWidth < 1 || newHeight < 1) {
            throw new IllegalArgumentException("a picture of " + newWidth + "x" + newHeight + " pixels");
        }
        width = newWidth;
        height = newHeight;
        if (luma.length < newWidth * newHeight) {
            luma = new byte[newWidth * newHeight];
        }
        chromaWidth = 0;
        chromaHeight = 0;
    }

    /** Gives the chroma planes a size; their content is undefined. After {@link #reshape}. */
    public void reshapeChroma(int newWidth, int newHeight) {
        chromaWidth = newWidth;
        chromaHeight = newHeight;
        if (cb.length < newWidth * newHeight) {
            cb = new byte[newWidth * newHeight];
            cr = new byte[newWidth * newHeight];
        }
    }

    /** Becomes a copy of another picture. */
    public void copyFrom(HalfPicture other) {
        reshape(other.width, other.height);
        System.arraycopy(other.luma, 0, luma, 0, width * height);
        if (other.hasColour()) {
            reshapeChroma(other.chromaWidth, other.chromaHeight);
            System.arraycopy(other.cb, 0, cb, 0, chromaWidth * chromaHeight);
            System.arraycopy(other.cr, 0, cr, 0, chromaWidth * chromaHeight);
        }
    }

    /** Becomes another picture, which becomes this one: nothing is copied. */
    public void exchange(HalfPicture other) {
        HalfPicture old = new HalfPicture();
        old.take(this);
        take(other);
        other.take(old);
    }

    private void take(HalfPicture other) {
        width = other.width;
        height = other.height;
        luma = other.luma;
        chromaWidth = other.chromaWidth;
        chromaHeight = other.chromaHeight;
        cb = other.cb;
        cr = other.cr;
    }

    /** Width of the luma plane, pixels; 0 before the first {@link #reshape}. */
    public int width() {
        return width;
    }

    /** Height of the luma plane, pixels. */
    public int height() {
        return height;
    }

    /** Luma, row by row, {@code width * height} bytes; the array may be longer. Written by whoever fills the picture. */
    public byte[] luma() {
        return luma;
    }

    /** Whether there are chroma planes. */
    public boolean hasColour() {
        return chromaWidth > 0;
    }

    /** Width of the chroma planes, pixels; 0 without colour. */
    public int chromaWidth() {
        return chromaWidth;
    }

    /** Height of the chroma planes, pixels; 0 without colour. */
    public int chromaHeight() {
        return chromaHeight;
    }

    /** Cb, row by row; the array may be longer than the plane. */
    public byte[] cb() {
        return cb;
    }

    /** Cr, row by row; the array may be longer than the plane. */
    public byte[] cr() {
        return cr;
    }
}
