package dev.framewise.toolkit.picture;

import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.ClipReader;
import java.io.IOException;
import java.nio.file.Path;

/** The pictures of a clip. */
final class ClipPictures implements Pictures {
    private final ClipReader clip;

    ClipPictures(Path file) throws IOException {
        clip = ClipReader.open(file);
    }

    @Override
    public boolean advance() throws IOException {
        return clip.advance();
    }

    @Override
    public BgrImage image() {
        return clip.image();
    }

    @Override
    public int number() {
        return (int) clip.index() + 1;
    }

    @Override
    public void close() throws IOException {
        clip.close();
    }
}
