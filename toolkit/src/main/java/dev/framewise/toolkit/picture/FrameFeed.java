package dev.framewise.toolkit.picture;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Fetches frames from where a stream keeps them, for a module that may not speak its language. Found by
 * {@link java.util.ServiceLoader}: name the implementation in {@code META-INF/services/dev.framewise.toolkit.picture.FrameFeed}.
 */
public interface FrameFeed {
    /** Whether it reads from an address, such as {@code kafka://host:9092/camera}. */
    boolean reads(String address);

    /**
     * Puts frames into a folder, each as the file it was published as, named so that their order is that of their names.
     *
     * @param most how many frames
     * @return how many there were
     * @throws IOException if they cannot be had; the message says what to do
     */
    int fetch(String address, int most, Path folder) throws IOException, InterruptedException;
}
