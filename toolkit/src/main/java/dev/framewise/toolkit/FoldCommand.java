package dev.framewise.toolkit;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.fold.Equivalence;
import dev.framewise.toolkit.fold.InputSize;
import dev.framewise.toolkit.fold.Rewrites;
import dev.framewise.toolkit.fold.YcbcrInput;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.image.InputFormat;
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

    @Option(
            names = "--ycbcr",
            description =
                    "Let it read pictures as JPEG holds them, brightness and two differences of colour: the first "
                            + "convolution takes over what else would be converted for each picture")
    private boolean ycbcr;

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
            requireSame(Equivalence.of(before, graph.toModel(), /* batch= */ 1), text);
            if (ycbcr) {
                readYcbcr(graph, file, text);
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

    private static void readYcbcr(Graph graph, Path file, PrintWriter text) throws ModelException {
        YcbcrInput colours = new YcbcrInput(inputOf(file));
        ModelProto folded = graph.toModel();
        colours.set(graph);
        graph.removeUnused();
        text.println("reads YCbCr");
        requireSame(Equivalence.of(folded, graph.toModel(), /* batch= */ 1, colours::given), text);
    }

    /** How a model is given its pictures: its metadata says it, or its head's defaults. */
    private static InputFormat inputOf(Path file) throws ModelException {
        try (Detector detector = Detector.open(file, DetectorOptions.builder().build())) {
            return detector.description().input().orElseThrow();
        }
    }

    private static void requireSame(Equivalence apart, PrintWriter text) throws ModelException {
        text.printf(
                "greatest difference %.3g where the greatest value is %.4g%n", apart.maxDifference(), apart.maxAbs());
        if (!apart.holds()) {
            throw new ModelException(
                    "the folded model gives something else: a fault of this toolkit; nothing is written");
        }
    }
}
