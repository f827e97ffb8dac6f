package dev.framewise.toolkit.table;

import dev.framewise.toolkit.classify.PictureFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Pictures of classes that nobody photographed: stripes of a width and a tint for each class, shifted, and noise. */
public final class GeneratedPictures {
    private static final int WIDTH = 16;
    private static final int HEIGHT = 32;
    private static final int NOISE = 40;
    private static final List<String> CLASSES = List.of("stripes2", "stripes3", "stripes4", "stripes5");

    private GeneratedPictures() {}

    /** So many of each class; another seed gives others of the same kind. */
    public static PictureFolder of(int each, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> pictures = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < CLASSES.size(); label++) {
            for (int i = 0; i < each; i++) {
                pictures.add(draw(label, random));
                labels.add(label);
            }
        }
        return new PictureFolder(WIDTH, HEIGHT, CLASSES, pictures, labels);
    }

    private static byte[] draw(int label, SplittableRandom random) {
        byte[] bgr = new byte[3 * WIDTH * HEIGHT];
        int width = 2 + label;
        int shift = random.nextInt(2 * width);
        for (int at = 0; at < bgr.length; at++) {
            int y = at / (3 * WIDTH);
            int bright = (y + shift) / width % 2 == 0 ? 150 : 60;
            int tint = at % 3 == label % 3 ? 30 : 0;
            bgr[at] = (byte) (bright + tint + random.nextInt(NOISE));
        }
        return bgr;
    }
}
