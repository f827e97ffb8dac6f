package dev.framewise.toolkit.picture;

import dev.framewise.vision.image.BgrImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** The pictures of a folder. */
final class FolderPictures implements Pictures {
    private final List<Path> files;
    private final BgrImage image = new BgrImage();
    private int number;

    FolderPictures(List<Path> files) {
        this.files = files;
    }

    @Override
    public boolean advance() throws IOException {
        if (number == files.size()) {
            return false;
        }
        Path file = files.get(number++);
        byte[] bytes = Files.readAllBytes(file);
        try (BytePointer memory = new BytePointer(Math.max(1, bytes.length));
                Mat encoded =
                        new Mat(1, Math.max(1, bytes.length), org.bytedeco.opencv.global.opencv_core.CV_8UC1, memory)) {
            memory.put(bytes, 0, bytes.length);
            try (Mat decoded = opencv_imgcodecs.imdecode(encoded, opencv_imgcodecs.IMREAD_COLOR)) {
                if (decoded.empty()) {
                    throw new IOException(file + ": cannot be read as a picture. Take it out, or replace it.");
                }
                image.reshape(decoded.cols(), decoded.rows());
                decoded.copyTo(image.mat());
            }
        }
        return true;
    }

    @Override
    public BgrImage image() {
        return image;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public void close() {
        image.close();
    }
}
