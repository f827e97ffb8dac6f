package dev.framewise.benchmarks;

import dev.framewise.local.NamedFile;
import dev.framewise.vision.asset.AssetCatalog;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --clip} of all benchmarks that send pictures through the pipeline. */
public final class ClipOption {
    @Option(
            names = "--clip",
            paramLabel = "CLIP",
            defaultValue = "pets09-s2l1",
            description = "Name in the asset catalog, or a file. Default: ${DEFAULT-VALUE}")
    private String name;

    /**
     * The clip's file, fetched where it must be.
     *
     * @throws dev.framewise.vision.asset.AssetException if there is none of that name or path
     */
    public Path file() {
        return NamedFile.find(name, AssetCatalog.standard());
    }
}
