package dev.framewise.toolkit.distil;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An object cut out of its frame along what differs from the background, to be pasted into other frames (Ghiasi et al., Simple
 * Copy-Paste is a Strong Data Augmentation Method, arXiv 2012.07177).
 *
 * @param bgr packed BGR bytes of {@code width * height} pixels
 * @param alpha how much each pixel covers, 0 to 255
 */
record Cutout(int width, int height, byte[] bgr, byte[] alpha) {
    private static final float SURE = 0.8f;
    private static final float MIN_FOREGROUND = 0.35f;
    private static final float MAX_FOREGROUND = 0.9f;
    private static final int MIN_HEIGHT = 32;
    private static final float MAX_OVERLAP = 0.1f;

    /** What can be cut out of a scene: objects that the student is to be sure of and that stand alone. */
    static List<Cutout> of(Scene scene, int limit) {
        List<Cutout> cutouts = new ArrayList<>();
        for (LabelledFrame frame : scene.frames()) {
            float[] box = frame.boxesXyxy();
            for (int i = 0; i < frame.boxes(); i++) {
                float part = scene.background()
                        .foreground(frame.bgr(), box[4 * i], box[4 * i + 1], box[4 * i + 2], box[4 * i + 3]);
                if (frame.scores()[i] >= SURE
                        && part >= MIN_FOREGROUND
                        && part <= MAX_FOREGROUND
                        && box[4 * i + 3] - box[4 * i + 1] >= MIN_HEIGHT
                        && isWhole(frame, i)) {
                    cutouts.add(cut(scene, frame, i));
                }
            }
        }
        List<Cutout> chosen = new ArrayList<>();
        int count = Math.min(limit, cutouts.size());
        for (int i = 0; i < count; i++) {
            chosen.add(cutouts.get((int) ((long) i * cutouts.size() / count)));
        }
        return chosen;
    }

    /** Whether a box lies inside the frame and nearly nothing else lies in it. */
    private static boolean isWhole(LabelledFrame frame, int i) {
        float[] box = frame.boxesXyxy();
        if (box[4 * i] < 1
                || box[4 * i + 1] < 1
                || box[4 * i + 2] > frame.width() - 1
                || box[4 * i + 3] > frame.height() - 1) {
            return false;
        }
        float area = (box[4 * i + 2] - box[4 * i]) * (box[4 * i + 3] - box[4 * i + 1]);
        for (int j = 0; j < frame.boxes(); j++) {
            float across = Math.min(box[4 * i + 2], box[4 * j + 2]) - Math.max(box[4 * i], box[4 * j]);
            float down = Math.min(box[4 * i + 3], box[4 * j + 3]) - Math.max(box[4 * i + 1], box[4 * j + 1]);
            if (j != i && frame.scores()[j] > 0 && across > 0 && down > 0 && across * down > MAX_OVERLAP * area) {
                return false;
            }
        }
        return true;
    }

    private static Cutout cut(Scene scene, LabelledFrame frame, int i) {
        float[] box = frame.boxesXyxy();
        int left = Math.max(0, (int) box[4 * i]);
        int top = Math.max(0, (int) box[4 * i + 1]);
        int width = Math.min(frame.width(), Math.round(box[4 * i + 2])) - left;
        int height = Math.min(frame.height(), Math.round(box[4 * i + 3])) - top;
        byte[] bgr = new byte[3 * width * height];
        byte[] alpha = new byte[width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(frame.bgr(), 3 * ((top + y) * frame.width() + left), bgr, 3 * y * width, 3 * width);
            for (int x = 0; x < width; x++) {
                alpha[y * width + x] = (byte) cover(scene.background(), frame, left + x, top + y);
            }
        }
        return new Cutout(width, height, bgr, alpha);
    }

    /** The share of the 3x3 pixels around one that are no background, doubled and cut off: soft edges, no pinholes. */
    private static int cover(Background background, LabelledFrame frame, int x, int y) {
        int different = 0;
        for (int v = Math.max(0, y - 1); v <= Math.min(frame.height() - 1, y + 1); v++) {
            for (int u = Math.max(0, x - 1); u <= Math.min(frame.width() - 1, x + 1); u++) {
                different += background.differs(frame.bgr(), u, v) ? 1 : 0;
            }
        }
        return Math.min(255, 2 * 255 * different / 9);
    }

    /**
     * Pastes this at a random place, perhaps mirrored.
     *
     * @param onto packed BGR bytes of the frame's size, changed
     * @param newHeight what it is scaled to, pixels of the frame
     * @return its box, Xyxy in pixels
     */
    float[] paste(byte[] onto, int frameWidth, int frameHeight, double newHeight, RandomGenerator random) {
        double scale = newHeight / height;
        boolean mirrored = random.nextBoolean();
        int w = Math.max(4, Math.min(frameWidth, (int) Math.round(width * scale)));
        int h = Math.max(8, Math.min(frameHeight, (int) Math.round(height * scale)));
        int left = random.nextInt(frameWidth - w + 1);
        int top = random.nextInt(frameHeight - h + 1);
        for (int y = 0; y < h; y++) {
            int fromY = Math.min(height - 1, y * height / h);
            for (int x = 0; x < w; x++) {
                int column = Math.min(width - 1, x * width / w);
                int from = fromY * width + (mirrored ? width - 1 - column : column);
                int cover = alpha[from] & 0xff;
                int to = 3 * ((top + y) * frameWidth + left + x);
                for (int channel = 0; channel < 3; channel++) {
                    int under = onto[to + channel] & 0xff;
                    int over = bgr[3 * from + channel] & 0xff;
                    onto[to + channel] = (byte) ((under * (255 - cover) + over * cover) / 255);
                }
            }
        }
        return new float[] {left, top, left + w, top + h};
    }
}
