package dev.framewise.toolkit.distil;

import java.util.Arrays;
import java.util.List;

/**
 * What a camera sees when nothing moves: the median of its frames, pixel by pixel. Whoever stands still for more than half of
 * the frames is background, too.
 */
final class Background {
    /** Frames whose median is taken: more change little and take longer. */
    private static final int FRAMES = 31;
    /** Difference of a channel, of 255, from which a pixel is no background. */
    private static final int DIFFERENT = 24;

    private final int width;
    private final int height;
    private final byte[] bgr;

    private Background(int width, int height, byte[] bgr) {
        this.width = width;
        this.height = height;
        this.bgr = bgr;
    }

    /** The background of frames of one size. */
    static Background of(List<LabelledFrame> frames) {
        int count = Math.min(FRAMES, frames.size());
        byte[][] chosen = new byte[count][];
        for (int i = 0; i < count; i++) {
            chosen[i] = frames.get((int) ((long) i * frames.size() / count)).bgr();
        }
        byte[] median = new byte[chosen[0].length];
        int[] values = new int[count];
        for (int at = 0; at < median.length; at++) {
            for (int i = 0; i < count; i++) {
                values[i] = chosen[i][at] & 0xff;
            }
            Arrays.sort(values);
            median[at] = (byte) values[count / 2];
        }
        return new Background(frames.get(0).width(), frames.get(0).height(), median);
    }

    /** Whether a pixel of a frame is something else than background. */
    boolean differs(byte[] frame, int x, int y) {
        int at = 3 * (y * width + x);
        for (int channel = 0; channel < 3; channel++) {
            if (Math.abs((frame[at + channel] & 0xff) - (bgr[at + channel] & 0xff)) > DIFFERENT) {
                return true;
            }
        }
        return false;
    }

    /** The share of a box's pixels that are no background, 0 to 1; 0 for a box outside the frame. */
    float foreground(byte[] frame, float x1, float y1, float x2, float y2) {
        int left = Math.max(0, Math.round(x1));
        int top = Math.max(0, Math.round(y1));
        int right = Math.min(width, Math.round(x2));
        int bottom = Math.min(height, Math.round(y2));
        int different = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                different += differs(frame, x, y) ? 1 : 0;
            }
        }
        return right > left && bottom > top ? different / (float) ((right - left) * (bottom - top)) : 0;
    }
}
