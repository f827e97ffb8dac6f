package dev.framewise.gateway.capture;

import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.JpegEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A synthetic camera, {@code test:WIDTHxHEIGHT@FPS}: a bright square that moves over a grey ramp, one step per picture, so that one
 * can see whether pictures are missing. It never ends, and is as fast as it is asked; a pacer makes a camera of it.
 */
final class TestPattern implements FrameSource {
    private static final Pattern ADDRESS = Pattern.compile("test:(\\d{2,4})x(\\d{2,4})@(\\d{1,3})");
    /** Pixels. */
    private static final int SQUARE = 16;

    private final double framesPerSecond;
    private final BgrImage image;
    private final JpegEncoder encoder;
    private long number;

    private TestPattern(int width, int height, double framesPerSecond, int jpegQuality) {
        this.framesPerSecond = framesPerSecond;
        this.image = new BgrImage(width, height);
        this.encoder = new JpegEncoder(jpegQuality);
    }

    static boolean isOne(String address) {
        return address.startsWith("test:");
    }

    /** @throws IOException if the address is not as it should be */
    static TestPattern open(String address, int jpegQuality) throws IOException {
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            throw new IOException(address + ": is no test pattern; write it as test:640x480@15");
        }
        return new TestPattern(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                jpegQuality);
    }

    @Override
    public Picture next() {
        draw(number++);
        return new EncodedLater(image, encoder);
    }

    @Override
    public double framesPerSecond() {
        return framesPerSecond;
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public void close() {
        encoder.close();
        image.close();
    }

    private void draw(long step) {
        ByteBuffer bgr = image.buffer();
        int left = (int) (4 * step % Math.max(1, image.width() - SQUARE));
        int top = image.height() / 2;
        for (int y = 0, at = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                boolean square = x >= left && x < left + SQUARE && y >= top && y < top + SQUARE;
                byte value = (byte) (square ? 250 : 255L * x / image.width());
                for (int channel = 0; channel < 3; channel++) {
                    bgr.put(at++, value);
                }
            }
        }
    }
}
