package dev.framewise.toolkit;

import dev.framewise.vision.asset.AssetCatalog;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model named on the command line: by its path, which wins, or by its name in the asset catalog. */
public final class NamedModel {
    private NamedModel() {}

    /** Finds it, fetching it where it must be. */
    public static Path find(String nameOrPath) {
        Path named = Path.of(nameOrPath);
        boolean isPath = Files.exists(named) || nameOrPath.contains("/") || nameOrPath.endsWith(".onnx");
        return isPath ? named : AssetCatalog.standard().locate(nameOrPath);
    }
}
