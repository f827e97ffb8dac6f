package dev.framewise.toolkit.distil;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Makes training pictures: a frame of a scene, perhaps with objects pasted in, zoomed, cropped, mirrored, its colours changed.
 *
 * <p>A picture depends on the seed and its number alone. Pixels are [height, width, 3] floats, BGR, 0 to 1: channels last, as
 * the network runs fastest. One thread.
 */
final class SampleMaker {
    /** Width of the network's input in use; a frame of any size fills it at a zoom of 1. */
    static final int SHOWN_WIDTH = 416;

    static final int SHOWN_HEIGHT = 320;

    private static final float PAD = 114 / 255f;
    private static final double MIN_ZOOM = 0.72;
    private static final double MAX_ZOOM = 1.4;
    private static final float PASTE_SHARE = 0.6f;
    private static final int MAX_PASTED = 5;
    /** Heights of pasted objects, pixels at a zoom of 1: drawn evenly in their logarithm. */
    private static final double MIN_PASTED_HEIGHT = 24;

    private static final double MAX_PASTED_HEIGHT = 150;
    private static final float HIDDEN = 0.6f;
    private static final float MIN_VISIBLE = 0.4f;
    private static final int NOISE = 1 << 16;

    private final List<Scene> scenes;
    private final List<List<Cutout>> cutouts = new ArrayList<>();
    private final int width;
    private final int height;
    private final long seed;
    private final float[] noise = new float[NOISE];

    /**
     * A maker.
     *
     * @param width of a training picture, pixels
     * @param height of a training picture, pixels
     * @param cutoutsPerScene most objects that are kept of each scene to be pasted
     */
    SampleMaker(List<Scene> scenes, int width, int height, int cutoutsPerScene, long seed) {
        this.scenes = scenes;
        this.width = width;
        this.height = height;
        this.seed = seed;
        scenes.forEach(scene -> cutouts.add(Cutout.of(scene, cutoutsPerScene)));
        Random random = new Random(seed);
        for (int i = 0; i < NOISE; i++) {
            noise[i] = (float) random.nextGaussian();
        }
    }

    int cutouts() {
        return cutouts.stream().mapToInt(List::size).sum();
    }

    /**
     * Makes one picture.
     *
     * @param number of the picture, from 0
     * @param pixels where the picture goes, from {@code picture} times its size on
     * @param picture its place in the batch
     */
    void make(long number, float[] pixels, int picture, GridTargets targets) {
        SplittableRandom random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (number + 1));
        // a long clip must not drown a short one, nor the other way round: by the root of their lengths
        Scene scene = scenes.get(choose(random));
        LabelledFrame frame = scene.frames().get(random.nextInt(scene.frames().size()));
        List<float[]> boxes = new ArrayList<>();
        for (int i = 0; i < frame.boxes(); i++) {
            float[] box = frame.boxesXyxy();
            boxes.add(new float[] {box[4 * i], box[4 * i + 1], box[4 * i + 2], box[4 * i + 3], frame.scores()[i]});
        }
        byte[] bgr = frame.bgr();
        if (random.nextFloat() < PASTE_SHARE && cutouts() > 0) {
            bgr = bgr.clone();
            paste(bgr, frame, boxes, random);
        }
        double zoom = between(MIN_ZOOM, MAX_ZOOM, random);
        double shown = shownScale(frame);
        double step = 1 / (shown * zoom);
        View view = new View(
                corner(frame.width(), width * step, random),
                corner(frame.height(), height * step, random),
                step,
                random.nextBoolean());
        draw(bgr, frame, view, Colours.random(random), random, pixels, picture * 3 * width * height);
        for (float[] box : boxes) {
            addBox(box, view, picture, targets);
        }
    }

    /** Pixels of the network's input for a pixel of the frame, in use. */
    private static double shownScale(LabelledFrame frame) {
        return Math.min(SHOWN_WIDTH / (double) frame.width(), SHOWN_HEIGHT / (double) frame.height());
    }

    private static double between(double low, double high, SplittableRandom random) {
        return low * Math.pow(high / low, random.nextDouble());
    }

    /** Where a picture is cut out of its frame: corner and step in pixels of the frame. */
    private record View(double left, double top, double step, boolean mirrored) {}

    private int choose(SplittableRandom random) {
        double total = 0;
        for (Scene scene : scenes) {
            total += Math.sqrt(scene.frames().size());
        }
        double at = random.nextDouble() * total;
        for (int i = 0; i < scenes.size() - 1; i++) {
            at -= Math.sqrt(scenes.get(i).frames().size());
            if (at < 0) {
                return i;
            }
        }
        return scenes.size() - 1;
    }

    /** Anywhere inside where the frame is larger than the view, else anywhere that shows all of the frame. */
    private static double corner(int frame, double view, SplittableRandom random) {
        return random.nextDouble() * (frame - view);
    }

    private void paste(byte[] bgr, LabelledFrame frame, List<float[]> boxes, SplittableRandom random) {
        int count = 1 + random.nextInt(MAX_PASTED);
        for (int i = 0; i < count; i++) {
            List<Cutout> from = cutouts.get(random.nextInt(cutouts.size()));
            if (from.isEmpty()) {
                continue;
            }
            double tall = between(MIN_PASTED_HEIGHT, MAX_PASTED_HEIGHT, random) / shownScale(frame);
            float[] pasted =
                    from.get(random.nextInt(from.size())).paste(bgr, frame.width(), frame.height(), tall, random);
            boxes.removeIf(box -> covered(box, pasted) > HIDDEN);
            boxes.add(new float[] {pasted[0], pasted[1], pasted[2], pasted[3], 1});
        }
    }

    private static float covered(float[] box, float[] by) {
        float across = Math.min(box[2], by[2]) - Math.max(box[0], by[0]);
        float down = Math.min(box[3], by[3]) - Math.max(box[1], by[1]);
        return across <= 0 || down <= 0 ? 0 : across * down / ((box[2] - box[0]) * (box[3] - box[1]));
    }

    private void addBox(float[] box, View view, int picture, GridTargets targets) {
        float x1 = (float) ((box[0] - view.left) / view.step);
        float x2 = (float) ((box[2] - view.left) / view.step);
        float y1 = (float) ((box[1] - view.top) / view.step);
        float y2 = (float) ((box[3] - view.top) / view.step);
        float left = view.mirrored ? width - x2 : x1;
        float right = view.mirrored ? width - x1 : x2;
        float seenWidth = Math.min(width, right) - Math.max(0, left);
        float seenHeight = Math.min(height, y2) - Math.max(0, y1);
        float visible = seenWidth <= 0 || seenHeight <= 0 ? 0 : seenWidth * seenHeight / ((right - left) * (y2 - y1));
        if (visible >= MIN_VISIBLE && box[4] > 0) {
            targets.add(
                    picture, Math.max(0, left), Math.max(0, y1), Math.min(width, right), Math.min(height, y2), box[4]);
        }
    }

    private void draw(
            byte[] bgr,
            LabelledFrame frame,
            View view,
            Colours colours,
            SplittableRandom random,
            float[] pixels,
            int offset) {
        int frameWidth = frame.width();
        int noiseAt = random.nextInt(NOISE);
        int at = offset;
        for (int y = 0; y < height; y++) {
            double fromY = view.top + (y + 0.5) * view.step - 0.5;
            boolean rowInside = fromY > -0.5 && fromY < frame.height() - 0.5;
            int y0 = (int) Math.max(0, Math.min(frame.height() - 2, Math.floor(fromY)));
            float partY = (float) Math.max(0, Math.min(1, fromY - y0));
            for (int x = 0; x < width; x++) {
                int column = view.mirrored ? width - 1 - x : x;
                double fromX = view.left + (column + 0.5) * view.step - 0.5;
                if (!rowInside || fromX <= -0.5 || fromX >= frameWidth - 0.5) {
                    pixels[at++] = PAD;
                    pixels[at++] = PAD;
                    pixels[at++] = PAD;
                    continue;
                }
                int x0 = (int) Math.max(0, Math.min(frameWidth - 2, Math.floor(fromX)));
                float partX = (float) Math.max(0, Math.min(1, fromX - x0));
                int corner = 3 * (y0 * frameWidth + x0);
                int below = corner + 3 * frameWidth;
                float grain = colours.noise * noise[noiseAt++ & (NOISE - 1)];
                for (int c = 0; c < 3; c++) {
                    float upper = (bgr[corner + c] & 0xff) * (1 - partX) + (bgr[corner + 3 + c] & 0xff) * partX;
                    float lower = (bgr[below + c] & 0xff) * (1 - partX) + (bgr[below + 3 + c] & 0xff) * partX;
                    float value = upper + (lower - upper) * partY;
                    float changed = value * colours.gain[c] + colours.offset + grain;
                    pixels[at + c] = Math.max(0, Math.min(255, changed)) / 255;
                }
                if (colours.grey) {
                    float grey = 0.114f * pixels[at] + 0.587f * pixels[at + 1] + 0.299f * pixels[at + 2];
                    pixels[at] = grey;
                    pixels[at + 1] = grey;
                    pixels[at + 2] = grey;
                }
                at += 3;
            }
        }
    }

    /** How the colours of one picture are changed: each channel times a gain, plus an offset and noise, of 255. */
    private record Colours(float[] gain, float offset, float noise, boolean grey) {
        static Colours random(SplittableRandom random) {
            float contrast = 0.7f + 0.6f * random.nextFloat();
            float[] gain = new float[3];
            for (int c = 0; c < 3; c++) {
                gain[c] = contrast * (0.88f + 0.24f * random.nextFloat());
            }
            float offset = 128 * (1 - contrast) + 60 * (random.nextFloat() - 0.5f);
            float noise = random.nextFloat() < 0.3f ? 7 * random.nextFloat() : 0;
            return new Colours(gain, offset, noise, random.nextFloat() < 0.15f);
        }
    }
}
