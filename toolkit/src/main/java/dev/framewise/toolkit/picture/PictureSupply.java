package dev.framewise.toolkit.picture;

import dev.framewise.vision.image.ClipReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where pictures come from; may be gone through more than once, always in the same order.
 *
 * @param name how messages call it
 * @param count number of pictures, at least 1
 * @param path the clip or the folder
 * @param files the pictures of a folder by name; empty for a clip
 */
public record PictureSupply(String name, int count, Path path, List<Path> files) {
    private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".bmp", ".webp");

    public PictureSupply {
        files = List.copyOf(files);
    }

    /**
     * The pictures of a clip, or those in a folder in the order of their names.
     *
     * @throws IOException if there is no such thing, it cannot be read, or holds no picture
     */
    public static PictureSupply of(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return folder(path);
        }
        if (!Files.isRegularFile(path)) {
            throw new IOException(path + ": there is neither a clip nor a folder of pictures. Name one.");
        }
        int count;
        try (ClipReader clip = ClipReader.open(path)) {
            count = clip.frameCount().orElse(0);
            while (count == 0 && clip.advance()) {
                // A clip that does not say how long it is is gone through once.
            }
            count = count == 0 ? (int) clip.index() + 1 : count;
        }
        if (count < 1) {
            throw new IOException(path + ": has no pictures");
        }
        return new PictureSupply(path.toString(), count, path, List.of());
    }

    private static PictureSupply folder(Path path) throws IOException {
        try (Stream<Path> found = Files.list(path)) {
            List<Path> files = found.filter(PictureSupply::isPicture).sorted().toList();
            if (files.isEmpty()) {
                throw new IOException(path + ": holds no pictures; looked for files that end in " + ENDINGS
                        + ". Name a folder that holds some.");
            }
            return new PictureSupply(path.toString(), files.size(), path, files);
        }
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && ENDINGS.stream().anyMatch(name::endsWith);
    }

    /** Starts from the first picture. */
    public Pictures open() throws IOException {
        return files.isEmpty() ? new ClipPictures(path) : new FolderPictures(files);
    }
}
