package dev.framewise.vision.asset;

import java.io.IOException;
import java.nio.file.Path;

/** Gets files out of the packages of the system's own distribution. */
interface PackageTool {
    /**
     * Fetches a package and unpacks it, without installing it.
     *
     * @param into an empty folder; the caller deletes it
     * @return the file asked for, somewhere below {@code into}
     * @throws IOException if there is no such tool, package or file; the message says which
     */
    Path extract(Asset.DebianPackage wanted, Path into) throws IOException, InterruptedException;
}
