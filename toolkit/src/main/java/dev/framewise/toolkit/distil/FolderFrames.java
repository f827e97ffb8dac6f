package dev.framewise.toolkit.distil;

import dev.framewise.vision.image.BgrImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Pictures of one camera in a folder, ordered by name, at most so many, evenly spaced.
 *
 * @param folder holds JPEG or PNG files, and nothing below it is read
 * @param limit most pictures that are read, at least 1
 */
public record FolderFrames(String name, Path folder, int limit) implements FrameSource {
    private static final String PICTURES = "(?i).*\\.(jpe?g|png)";

    @Override
    public void read(FrameReader reader) throws IOException {
        List<Path> files = pictures(folder);
        if (files.isEmpty()) {
            throw new IOException(folder + ": holds no JPEG or PNG files");
        }
        double step = Math.max(1, files.size() / (double) limit);
        try (BgrImage image = new BgrImage()) {
            for (double i = 0; i < files.size(); i += step) {
                load(files.get((int) i), image);
                reader.frame(image);
            }
        }
    }

    /** The pictures of a folder, ordered by name. */
    public static List<Path> pictures(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.getFileName().toString().matches(PICTURES))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads a picture.
     *
     * @param into gets its size and pixels
     * @throws IOException if it is no readable picture
     */
    public static void load(Path file, BgrImage into) throws IOException {
        try (Mat mat = opencv_imgcodecs.imread(file.toString(), opencv_imgcodecs.IMREAD_COLOR)) {
            if (mat.empty()) {
                throw new IOException(file + ": is no readable picture");
            }
            into.reshape(mat.cols(), mat.rows());
            mat.copyTo(into.mat());
        }
    }
}
