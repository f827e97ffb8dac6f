package dev.framewise.local;

import java.nio.file.Path;

/** Where a checkout keeps what its runs leave behind. */
public final class Home {
    /** System property that the launcher sets: the root of the checkout. */
    public static final String PROPERTY = "framewise.home";

    private Home() {}

    /** {@code .framewise} under the root of the checkout, or under the working directory where that is not known. */
    public static Path directory() {
        return Path.of(System.getProperty(PROPERTY, ".")).resolve(".framewise");
    }
}
