package dev.framewise.gateway.edge;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the pictures one behind the other: motion JPEG, which ffplay, VLC and browsers' tools read as it is. */
final class OverlayFile implements Overlay.Screen {
    private final OutputStream out;

    OverlayFile(Path file) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file));
    }

    @Override
    public boolean isWatched() {
        return true;
    }

    @Override
    public void show(byte[] jpeg) throws IOException {
        out.write(jpeg);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
