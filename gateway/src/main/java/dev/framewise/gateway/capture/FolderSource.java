package dev.framewise.gateway.capture;

import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.JpegHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A folder of JPEG files, in the order of their names, passed through untouched. */
final class FolderSource implements FrameSource {
    private final List<Path> files;
    private int next;

    private FolderSource(List<Path> files) {
        this.files = files;
    }

    /** @throws IOException if the folder holds no JPEG file */
    static FolderSource open(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.filter(FolderSource::isJpeg).sorted().toList();
            if (files.isEmpty()) {
                throw new IOException(folder + ": holds no file that ends in .jpg or .jpeg");
            }
            return new FolderSource(files);
        }
    }

    private static boolean isJpeg(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jpg") || name.endsWith(".jpeg");
    }

    @Override
    public Picture next() throws IOException {
        if (next == files.size()) {
            return null;
        }
        Path file = files.get(next++);
        byte[] jpeg = Files.readAllBytes(file);
        try {
            JpegHeader header = JpegHeader.parse(jpeg);
            return new JpegPicture(header.width(), header.height(), jpeg);
        } catch (ImageFormatException e) {
            throw new IOException(file + ": is no JPEG (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public double framesPerSecond() {
        return 0;
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public void close() {}
}
