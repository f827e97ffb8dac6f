package dev.framewise.local;

import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.asset.AssetException;
import dev.framewise.vision.asset.ClipAnnotations;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A video named on the command line, by its name in the asset catalog or by its path.
 *
 * @param name in the catalog, or the file's name without its ending
 * @param file the video
 */
public record Clip(String name, Path file) {
    /**
     * Finds a clip, fetching it where it must be.
     *
     * @throws AssetException if it is neither a file nor a name of the catalog, or cannot be had
     */
    public static Clip find(String nameOrPath, AssetCatalog catalog) {
        Path file = NamedFile.find(nameOrPath, catalog);
        if (catalog.names().contains(nameOrPath)) {
            return new Clip(nameOrPath, file);
        }
        String fileName = file.getFileName().toString();
        int dot = fileName.lastIndexOf('.');
        return new Clip(dot > 0 ? fileName.substring(0, dot) : fileName, file);
    }

    /** The file with its annotations in MOT format, fetched where it must be; empty if the catalog knows none. */
    public Optional<Path> annotations(AssetCatalog catalog) {
        return ClipAnnotations.of(name).map(catalog::locate);
    }
}
