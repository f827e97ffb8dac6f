package dev.framewise.toolkit.quantize;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Folders of pictures of coloured blocks. */
public final class TestingPictures {
    private static final int BLOCK = 8;

    private TestingPictures() {}

    /** Writes so many pictures of 64x64 pixels as PNG. */
    public static Path folder(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            SplittableRandom random = new SplittableRandom(i);
            BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < 64; y += BLOCK) {
                for (int x = 0; x < 64; x += BLOCK) {
                    int colour = random.nextInt(1 << 24);
                    for (int at = 0; at < BLOCK * BLOCK; at++) {
                        image.setRGB(x + at % BLOCK, y + at / BLOCK, colour);
                    }
                }
            }
            ImageIO.write(
                    image, "png", folder.resolve(String.format("%03d.png", i)).toFile());
        }
        return folder;
    }
}
