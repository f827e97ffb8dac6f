package dev.framewise.toolkit.inspect;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.inspect.ModelSummary.HeadSummary;
import dev.framewise.toolkit.inspect.ModelSummary.Value;
import dev.framewise.toolkit.shape.Constants;
import dev.framewise.toolkit.shape.ShapeInference;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.detect.ModelInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks into a model. */
public final class ModelInspector {
    private ModelInspector() {}

    /**
     * Reads a model and opens it once, to see which head fits.
     *
     * @param file an ONNX file
     * @param sizesByName sizes of dimensions that the model only names, such as {@code batch}
     * @throws ModelException if the file is no ONNX model, is damaged, or reaches outside its folder
     */
    public static ModelSummary inspect(Path file, Map<String, Long> sizesByName) throws ModelException {
        long externalBytes = ModelStore.check(file).externalBytes();
        ModelProto model = ModelStore.read(file);
        GraphProto graph = model.getGraph();
        Constants constants = new Constants(graph);
        ShapeInference shapes;
        LayerCosts costs;
        try {
            shapes = new ShapeInference(graph, constants, sizesByName);
            costs = new LayerCosts(graph.getNodeList(), shapes, constants);
        } catch (ModelException e) {
            throw new ModelException(file + ": " + e.getMessage(), e);
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new ModelException(file + ": has layers whose shapes contradict each other: it is damaged", e);
        }
        return new ModelSummary(
                file,
                sizeOf(file) + externalBytes,
                (model.getProducerName() + " " + model.getProducerVersion()).strip(),
                model.getIrVersion(),
                opsets(model),
                // Up to IR version 3, constants stand among the inputs too.
                values(
                        graph.getInputList().stream()
                                .filter(input -> constants.find(input.getName()).isEmpty())
                                .toList(),
                        shapes),
                values(graph.getOutputList(), shapes),
                head(file),
                costs.parameters(),
                operators(graph.getNodeList()),
                costs.uncounted(),
                List.copyOf(costs.layers()));
    }

    private static long sizeOf(Path file) throws ModelException {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new ModelException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Versions of the operator sets by domain. */
    private static Map<String, Long> opsets(ModelProto model) {
        Map<String, Long> opsets = new TreeMap<>();
        for (OperatorSetIdProto opset : model.getOpsetImportList()) {
            opsets.put(opset.getDomain().isEmpty() ? Node.STANDARD_DOMAIN : opset.getDomain(), opset.getVersion());
        }
        return opsets;
    }

    private static List<Value> values(List<ValueInfoProto> declared, ShapeInference shapes) {
        return declared.stream()
                .map(value -> new Value(
                        value.getName(),
                        type(value.getType().getTensorType().getElemType()),
                        shapes.of(value.getName())))
                .toList();
    }

    private static String type(int number) {
        return Optional.ofNullable(TensorProto.DataType.forNumber(number))
                .map(Enum::name)
                .orElse("type " + number);
    }

    private static HeadSummary head(Path file) {
        try (Detector detector = Detector.open(file, DetectorOptions.defaults())) {
            ModelInfo info = detector.info();
            return new HeadSummary(Optional.of(info.head() + ", " + info.classCount() + " classes"), /* problem= */ "");
        } catch (ModelException e) {
            return new HeadSummary(Optional.empty(), e.getMessage());
        }
    }

    private static Map<String, Integer> operators(List<NodeProto> nodes) {
        Map<String, Integer> operators = new TreeMap<>();
        nodes.forEach(node -> operators.merge(node.getOpType(), 1, Integer::sum));
        return operators;
    }
}
