package dev.framewise.toolkit.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** {@code testing://yard/N} has N frames, never the same bytes twice; {@code testing://yard/broken} breaks off behind the first. */
public final class TestingFrameFeed implements FrameFeed {
    private static final String SCHEME = "testing://yard/";

    @Override
    public boolean reads(String address) {
        return address.startsWith(SCHEME);
    }

    @Override
    public int fetch(String address, int most, Path folder) throws IOException {
        String what = address.substring(SCHEME.length());
        if (what.equals("broken")) {
            Files.writeString(folder.resolve("broken"), "half");
            throw new IOException("the broker went away");
        }
        int count = Math.min(most, Integer.parseInt(what));
        for (int i = 0; i < count; i++) {
            Files.writeString(folder.resolve(i + ".jpg"), UUID.randomUUID().toString());
        }
        return count;
    }
}
