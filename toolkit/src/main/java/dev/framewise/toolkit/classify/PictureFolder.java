package dev.framewise.toolkit.classify;

import dev.framewise.toolkit.distil.FolderFrames;
import dev.framewise.vision.image.BgrImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Labelled pictures, scaled to one size: one folder for each class, its name the class, pictures in it.
 *
 * @param classes names of the classes, in order
 * @param pictures packed BGR bytes of {@code width * height} pixels each
 * @param labels index of each picture's class
 */
public record PictureFolder(int width, int height, List<String> classes, List<byte[]> pictures, List<Integer> labels) {
    /** Names of the classes of a folder, in alphabetical order. */
    public static List<String> classes(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<String> classes = entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
            if (classes.size() < 2) {
                throw new IOException(folder + ": holds " + classes.size()
                        + " folders of pictures; a classifier needs two or more, one for each class");
            }
            return classes;
        }
    }

    /**
     * Reads the pictures of the named classes; other folders are left alone.
     *
     * @throws IOException if there are none, or one cannot be read
     */
    public static PictureFolder read(Path folder, List<String> classes, int width, int height) throws IOException {
        List<byte[]> pictures = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        try (BgrImage whole = new BgrImage();
                BgrImage scaled = new BgrImage(width, height);
                Size size = new Size(width, height)) {
            for (int label = 0; label < classes.size(); label++) {
                Path of = folder.resolve(classes.get(label));
                for (Path file : Files.isDirectory(of) ? FolderFrames.pictures(of) : List.<Path>of()) {
                    FolderFrames.load(file, whole);
                    opencv_imgproc.resize(whole.mat(), scaled.mat(), size);
                    byte[] bgr = new byte[3 * width * height];
                    scaled.buffer().get(bgr);
                    pictures.add(bgr);
                    labels.add(label);
                }
            }
        }
        if (pictures.isEmpty()) {
            throw new IOException(folder + ": holds no JPEG or PNG files in the folders " + classes);
        }
        return new PictureFolder(width, height, classes, pictures, labels);
    }

    int size() {
        return pictures.size();
    }

    /** Writes a picture as floats 0 to 1, plane by plane, as the network wants it. */
    void planes(int picture, float[] into, int offset) {
        byte[] bgr = pictures.get(picture);
        int area = width * height;
        for (int i = 0; i < bgr.length; i++) {
            into[offset + i % 3 * area + i / 3] = (bgr[i] & 0xff) / 255f;
        }
    }
}
