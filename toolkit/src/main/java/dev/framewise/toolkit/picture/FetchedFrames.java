package dev.framewise.toolkit.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Frames of an address, such as {@code kafka://HOST:PORT/CAMERA} or {@code s3://BUCKET/PREFIX}, put into a folder by the {@link FrameFeed} that reads from
 * there: from then on they are pictures of a folder.
 */
public final class FetchedFrames {
    /** What a source may say besides a clip and a folder. */
    public static final String ADDRESSES = "kafka://HOST:PORT/CAMERA or s3://BUCKET/PREFIX";

    private static final String SCHEME_END = "://";

    private FetchedFrames() {}

    /** Whether a source is an address, and no path or name. */
    public static boolean isAddress(String source) {
        return source.contains(SCHEME_END);
    }

    /**
     * Fetches.
     *
     * @param most how many frames; of more, those that are spread over all there are
     * @param folder where they go; exists and is empty
     * @return how many there were, at least 1
     * @throws IOException if nothing reads from the address, frames cannot be had, or there are none
     */
    public static int into(Path folder, String address, int most) throws IOException, InterruptedException {
        FrameFeed feed = ServiceLoader.load(FrameFeed.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.reads(address))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        address + ": nothing here reads from that. Allowed: " + ADDRESSES + ", a file, a folder."));
        int count = feed.fetch(address, most, folder);
        if (count == 0) {
            throw new IOException(address
                    + ": has no frames with pictures. Let a gateway publish some first, or name another place.");
        }
        return count;
    }

    /**
     * Fetches into a folder, or takes what was fetched there before: a training that goes on sees the frames that it saw.
     *
     * @param folder made if missing; what an earlier attempt has left half done is beside it and removed
     */
    public static void once(Path folder, String address, int most) throws IOException, InterruptedException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path half = folder.resolveSibling(folder.getFileName() + ".part");
        remove(half);
        Files.createDirectories(half);
        into(half, address, most);
        Files.move(half, folder);
    }

    /** Removes a folder of frames, if it is there. */
    public static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> frames;
        try (Stream<Path> files = Files.list(folder)) {
            frames = files.toList();
        }
        for (Path frame : frames) {
            Files.delete(frame);
        }
        Files.delete(folder);
    }
}
