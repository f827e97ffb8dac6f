package dev.framewise.local;

import dev.framewise.vision.asset.AssetCatalog;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --model} of all commands that run one. */
public final class ModelOption {
    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "yolox-nano-416",
            description = "Name in the asset catalog, or an ONNX file. Default: ${DEFAULT-VALUE}")
    private String name;

    /**
     * The model's file, fetched where it must be.
     *
     * @throws dev.framewise.vision.asset.AssetException if there is none of that name or path
     */
    public Path file() {
        return NamedFile.find(name, AssetCatalog.standard());
    }
}
