package dev.framewise.toolkit;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.fold.Equivalence;
import dev.framewise.toolkit.fold.InputSize;
import dev.framewise.toolkit.fold.Rewrites;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewise model fold}: the same model, cheaper. */
@Command(
        name = "fold",
        description = "Folds what can be computed once: sliced stems, normalizations, scales, constants.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class FoldCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "Name in the asset catalog, or an ONNX file")
    private String model;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Write the folded model there")
    private Path out;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Declare this picture size, such as 416x384, where the graph allows it")
    private String size;

    @Option(
            names = "--camera",
            paramLabel = "WxH",
            description =
                    "Size of the pictures of your cameras, such as 768x576: declare the least size that sees them as "
                            + "large as before, where the graph allows it. What it leaves out is the grey around them")
    private String camera;

    @Override
    public Integer call() throws ModelException, IOException {
        PrintWriter text = spec.commandLine().getOut();
        if (size != null && camera != null) {
            throw new ParameterException(
                    spec.commandLine(), "--size and --camera both say which size is declared; name one of them");
        }
        PictureSize pixels = size == null ? null : PictureSize.parse(spec.commandLine(), "--size", size);
        PictureSize pictures = camera == null ? null : PictureSize.parse(spec.commandLine(), "--camera", camera);
        Path file = NamedModel.find(model);
        ModelProto before = ModelStore.read(file);
        Graph graph = Graph.of(before);
        try {
            Map<String, Integer> done = Rewrites.fold(graph);
            done.forEach((what, places) -> text.println(what + ": " + places));
            Equivalence apart = Equivalence.of(before, graph.toModel(), /* batch= */ 1);
            text.printf(
                    "greatest difference %.3g where the greatest value is %.4g%n",
                    apart.maxDifference(), apart.maxAbs());
            if (!apart.holds()) {
                throw new ModelException(
                        "the folded model gives something else: a fault of this toolkit; nothing is written");
            }
            if (pixels != null) {
                InputSize.set(graph, pixels.height(), pixels.width());
            } else if (pictures != null) {
                InputSize.Pixels least = InputSize.leastFor(graph, pictures.height(), pictures.width());
                InputSize.set(graph, least.height(), least.width());
                text.println("for pictures of " + camera + ": " + least.width() + "x" + least.height());
            }
        } catch (ModelException e) {
            throw new ModelException(file + ": " + e.getMessage(), e);
        }
        ModelStore.write(out, graph.toModel());
        text.println(before.getGraph().getNodeCount() + " nodes became "
                + graph.nodes().size() + "; written to " + out);
        text.flush();
        return 0;
    }
}
