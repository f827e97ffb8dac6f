package dev.framewise.toolkit.classify;

import dev.framewise.toolkit.distil.FolderFrames;
import dev.framewise.vision.image.BgrImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
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
        try (Scaler scaler = new Scaler(width, height)) {
            for (int label = 0; label < classes.size(); label++) {
                Path of = folder.resolve(classes.get(label));
                for (Path file : Files.isDirectory(of) ? FolderFrames.pictures(of) : List.<Path>of()) {
                    pictures.add(scaler.read(file));
                    labels.add(label);
                }
            }
        }
        if (pictures.isEmpty()) {
            throw new IOException(folder + ": holds no JPEG or PNG files in the folders " + classes);
        }
        return new PictureFolder(width, height, classes, pictures, labels);
    }

    /** One of so many pictures of each class, its first one among them. */
    public PictureFolder oneOf(int every) {
        return part(rank -> rank % every == 0);
    }

    /** The pictures that {@link #oneOf} leaves. */
    public PictureFolder butOneOf(int every) {
        return part(rank -> rank % every != 0);
    }

    /** These pictures, and behind them others of the same classes and size. */
    PictureFolder and(PictureFolder others) {
        List<byte[]> all = new ArrayList<>(pictures);
        all.addAll(others.pictures);
        List<Integer> theirs = new ArrayList<>(labels);
        theirs.addAll(others.labels);
        return new PictureFolder(width, height, classes, all, theirs);
    }

    /** The pictures whose rank within their class, from 0, is wanted. */
    private PictureFolder part(IntPredicate wanted) {
        int[] ranks = new int[classes.size()];
        List<byte[]> some = new ArrayList<>();
        List<Integer> theirs = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            if (wanted.test(ranks[labels.get(i)]++)) {
                some.add(pictures.get(i));
                theirs.add(labels.get(i));
            }
        }
        return new PictureFolder(width, height, classes, some, theirs);
    }

    /**
     * Reads pictures that nobody has labelled, scaled to this folder's size: those in a folder and in the folders in it. Their labels,
     * all 0, mean nothing.
     *
     * @throws IOException if there are none, or one cannot be read
     */
    public PictureFolder unlabelled(Path folder) throws IOException {
        List<byte[]> found = new ArrayList<>();
        List<Path> places = new ArrayList<>(List.of(folder));
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(Files::isDirectory).sorted().forEach(places::add);
        }
        try (Scaler scaler = new Scaler(width, height)) {
            for (Path place : places) {
                for (Path file : FolderFrames.pictures(place)) {
                    found.add(scaler.read(file));
                }
            }
        }
        if (found.isEmpty()) {
            throw new IOException(folder + ": holds no JPEG or PNG files, and neither do the folders in it");
        }
        return new PictureFolder(width, height, classes, found, Collections.nCopies(found.size(), 0));
    }

    /** How many pictures there are. */
    public int size() {
        return pictures.size();
    }

    /** Reads picture after picture at one size. */
    private static final class Scaler implements AutoCloseable {
        private final BgrImage whole = new BgrImage();
        private final BgrImage scaled;
        private final Size size;

        Scaler(int width, int height) {
            scaled = new BgrImage(width, height);
            size = new Size(width, height);
        }

        byte[] read(Path file) throws IOException {
            FolderFrames.load(file, whole);
            opencv_imgproc.resize(whole.mat(), scaled.mat(), size);
            byte[] bgr = new byte[3 * scaled.width() * scaled.height()];
            scaled.buffer().get(bgr);
            return bgr;
        }

        @Override
        public void close() {
            size.close();
            scaled.close();
            whole.close();
        }
    }

    /** A picture as a network's input, in direct memory. */
    public ByteBuffer input(int picture) {
        float[] planes = new float[3 * width * height];
        planes(picture, planes, 0);
        ByteBuffer memory =
                ByteBuffer.allocateDirect(planes.length * Float.BYTES).order(ByteOrder.nativeOrder());
        memory.asFloatBuffer().put(planes);
        return memory;
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
