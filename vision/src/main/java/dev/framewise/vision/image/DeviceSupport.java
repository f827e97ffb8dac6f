package dev.framewise.vision.image;

import java.io.IOException;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.javacpp.Loader;

/**
 * FFmpeg's code for the cameras of this machine. It is a library of its own, which wants libraries of sound and display systems that a
 * board without them lacks; JavaCV goes on without it and then knows no such cameras.
 */
public final class DeviceSupport {
    /** What it wants besides glibc, by Debian's names; newer systems say {@code libasound2t64}. */
    private static final String PACKAGES = "libpulse0 libasound2 libxcb1 libxcb-shm0";

    private static final Optional<String> PROBLEM = load();

    private DeviceSupport() {}

    private static Optional<String> load() {
        try {
            Loader.load(avdevice.class);
            return Optional.empty();
        } catch (LinkageError e) {
            return Optional.of(
                    "FFmpeg's support for cameras of this machine cannot be loaded; it needs, on Debian, Ubuntu and"
                            + " Raspberry Pi OS: sudo apt-get install " + PACKAGES);
        }
    }

    /** Why there can be no camera of this machine, and what to do; empty where there can. */
    public static Optional<String> problem() {
        return PROBLEM;
    }

    /** @throws IOException if there can be no camera of this machine */
    static void require(String source) throws IOException {
        if (PROBLEM.isPresent()) {
            throw new IOException(source + ": " + PROBLEM.get());
        }
    }
}
