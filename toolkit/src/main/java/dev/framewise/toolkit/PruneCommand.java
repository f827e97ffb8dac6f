package dev.framewise.toolkit;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.prune.PruneOptions;
import dev.framewise.toolkit.prune.PruneReport;
import dev.framewise.toolkit.prune.Pruner;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewise model prune}: the weakest filters of a model are taken out for good. */
@Command(
        name = "prune",
        description = "Takes the weakest filters out of a model, and says what that saves. Fine-tune it afterwards.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class PruneCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "Name in the asset catalog, or an ONNX file")
    private String model;

    @Option(
            names = "--amount",
            paramLabel = "SHARE",
            defaultValue = "0.3",
            description = "Share of the filters that go. Default: ${DEFAULT-VALUE}")
    private double amount;

    @Option(
            names = "--global",
            description = "The weakest filters of the whole model go. Default: the weakest of each layer")
    private boolean global;

    @Option(
            names = "--multiple",
            paramLabel = "N",
            defaultValue = "8",
            description = "Channels that stay are rounded up to a multiple of this: kernels work on blocks. Default:"
                    + " ${DEFAULT-VALUE}")
    private int multiple;

    @Option(
            names = "--dim",
            paramLabel = "NAME=SIZE",
            description =
                    "Size of a dimension that the model only names, such as height=64; may be repeated. The batch is 1")
    private Map<String, Long> dimensions = new LinkedHashMap<>();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Write the model there")
    private Path out;

    @Override
    public Integer call() throws ModelException, IOException {
        PruneOptions options;
        try {
            options = new PruneOptions(amount, global, multiple);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        Path file = NamedModel.find(model);
        ModelProto before = ModelStore.read(file);
        Pruner.Pruned pruned;
        try {
            pruned = Pruner.prune(before, options);
        } catch (ModelException e) {
            throw new ModelException(file + ": " + e.getMessage(), e);
        }
        ModelStore.write(out, pruned.model());
        spec.commandLine().getOut().print(PruneReport.of(file, out, pruned.layers(), dimensions));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
