package dev.framewise.toolkit;

import dev.framewise.toolkit.fold.Rebatch;
import dev.framewise.toolkit.fold.Rewrites;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewise model rebatch}: a model of one picture at a time takes any number. */
@Command(
        name = "rebatch",
        description = "Opens the batch of a model, through shapes with a baked-in 1; folds it first.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class RebatchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "Name in the asset catalog, or an ONNX file")
    private String model;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Write the model there")
    private Path out;

    @Override
    public Integer call() throws ModelException, IOException {
        Path file = NamedModel.find(model);
        Graph graph = Graph.of(ModelStore.read(file));
        int rewritten;
        try {
            Rewrites.fold(graph);
            rewritten = Rebatch.open(graph);
        } catch (ModelException e) {
            throw new ModelException(file + ": " + e.getMessage(), e);
        }
        ModelStore.write(out, graph.toModel());
        spec.commandLine()
                .getOut()
                .println(rewritten + " baked-in shapes rewritten; three pictures together give what each gives alone;"
                        + " written to " + out);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
