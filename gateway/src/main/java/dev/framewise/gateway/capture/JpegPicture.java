package dev.framewise.gateway.capture;

/** A picture that is a JPEG already, its bytes as its maker left them. */
final class JpegPicture implements Picture {
    private final int width;
    private final int height;
    private final byte[] jpeg;

    JpegPicture(int width, int height, byte[] jpeg) {
        this.width = width;
        this.height = height;
        this.jpeg = jpeg;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public byte[] jpeg() {
        return jpeg;
    }
}
