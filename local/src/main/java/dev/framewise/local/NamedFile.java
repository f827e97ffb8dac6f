package dev.framewise.local;

import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.asset.AssetException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file named on the command line: by its path, or by its name in the asset catalog. */
public final class NamedFile {
    private NamedFile() {}

    /**
     * Finds a file, fetching it where it must be. A path wins over a name of the catalog.
     *
     * @throws AssetException if it is neither, or cannot be had
     */
    public static Path find(String nameOrPath, AssetCatalog catalog) {
        Path path = Path.of(nameOrPath);
        return Files.isRegularFile(path) ? path : catalog.locate(nameOrPath);
    }
}
