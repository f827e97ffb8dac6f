package dev.framewise.local;

import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.asset.AssetException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A video named on the command line, by its name in the asset catalog or by its path.
 *
 * @param name in the catalog, or the file's name without its ending
 * @param file the video
 */
public record Clip(String name, Path file) {
    /** Annotations of the clips of the catalog, by the catalog's names. */
    private static final Map<String, String> ANNOTATIONS = Map.of("pets09-s2l1", "mot15/PETS09-S2L1/gt");

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
        return Optional.ofNullable(ANNOTATIONS.get(name)).map(catalog::locate);
    }
}
