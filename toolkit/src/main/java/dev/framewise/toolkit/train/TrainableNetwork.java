package dev.framewise.toolkit.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * An ONNX graph that PyTorch runs, forward and backward.
 *
 * <p>Its weights are one vector, its statistics (means and variances of normalizations) another, both in the order in which
 * nodes use them; the network itself holds neither, so that one network runs with present, averaged or a teacher's weights.
 * Pictures may be laid out channels last in memory, which is faster. Immutable; each run belongs to its caller's thread.
 */
public final class TrainableNetwork {
    /** Where a tensor lies in its vector. */
    private record Slot(String name, long[] shape, int offset, int size) {}

    private final ModelProto model;
    private final List<Node> nodes;
    private final List<Slot> weights;
    private final List<Slot> statistics;
    private final Map<String, TensorProto> floats = new LinkedHashMap<>();
    private final Map<String, long[]> numbers = new HashMap<>();

    private TrainableNetwork(ModelProto model, List<Node> nodes, List<Slot> weights, List<Slot> statistics) {
        this.model = model;
        this.nodes = nodes;
        this.weights = weights;
        this.statistics = statistics;
    }

    /**
     * A network of a graph with one input.
     *
     * @throws TrainingException if it has operators that cannot be trained, or nothing to train
     */
    public static TrainableNetwork of(ModelProto model) throws TrainingException {
        Graph graph = Graph.of(model);
        Map<String, TensorProto> weights = new LinkedHashMap<>();
        Map<String, TensorProto> statistics = new LinkedHashMap<>();
        List<Node> nodes = graph.sorted();
        for (Node node : nodes) {
            TorchOperators.requireKnown(node);
            for (int i = 1; i < node.inputs().size(); i++) {
                Map<String, TensorProto> kind = kind(node, i, weights, statistics);
                graph.constant(node.input(i))
                        .filter(tensor -> Tensors.is(tensor, DataType.FLOAT))
                        .ifPresent(tensor -> kind.put(tensor.getName(), tensor));
            }
        }
        if (weights.isEmpty()) {
            throw new TrainingException("the network has no weights in a convolution or a matrix: nothing to train");
        }
        // inner shapes and constants as nodes are gone from here on: what is handed out is what was read
        TrainableNetwork network = new TrainableNetwork(graph.toModel(), nodes, slots(weights), slots(statistics));
        for (TensorProto tensor : graph.constants()) {
            String name = tensor.getName();
            if (Tensors.is(tensor, DataType.FLOAT)) {
                if (!weights.containsKey(name) && !statistics.containsKey(name)) {
                    network.floats.put(name, tensor);
                }
            } else {
                Tensors.integers(tensor).ifPresent(values -> network.numbers.put(name, values));
            }
        }
        return network;
    }

    /** Where a constant at an input of a node belongs; what is neither weight nor statistic goes nowhere. */
    private static Map<String, TensorProto> kind(
            Node node, int input, Map<String, TensorProto> weights, Map<String, TensorProto> statistics) {
        if (node.is("BatchNormalization")) {
            return input < 3 ? weights : statistics;
        }
        return node.is("Conv") || node.is("Gemm") ? weights : new HashMap<>();
    }

    private static List<Slot> slots(Map<String, TensorProto> tensors) {
        List<Slot> slots = new ArrayList<>();
        int offset = 0;
        for (TensorProto tensor : tensors.values()) {
            long[] shape =
                    tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
            int size = Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact));
            slots.add(new Slot(tensor.getName(), shape, offset, size));
            offset += size;
        }
        return slots;
    }

    /** The graph, as it was given, its constants all initializers. */
    public ModelProto model() {
        return model;
    }

    /** Whether a weight is one of a convolution or a matrix, and no bias or scale. */
    boolean[] decays() {
        Slot last = weights.get(weights.size() - 1);
        boolean[] decays = new boolean[last.offset + last.size];
        for (Slot slot : weights) {
            Arrays.fill(decays, slot.offset, slot.offset + slot.size, slot.shape.length > 1);
        }
        return decays;
    }

    /** The weights that the graph came with. */
    public float[] weights() throws TrainingException {
        return read(weights);
    }

    /** The means and variances that the graph came with. */
    public float[] statistics() throws TrainingException {
        return read(statistics);
    }

    private float[] read(List<Slot> slots) throws TrainingException {
        Map<String, TensorProto> tensors = new HashMap<>();
        model.getGraph().getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
        int size = slots.stream().mapToInt(Slot::size).sum();
        float[] vector = new float[size];
        for (Slot slot : slots) {
            float[] values = Tensors.floats(tensors.get(slot.name))
                    .filter(found -> found.length == slot.size)
                    .orElseThrow(() -> new TrainingException(
                            "tensor " + slot.name + " has not the " + slot.size + " numbers that its shape says"));
            System.arraycopy(values, 0, vector, slot.offset, slot.size);
        }
        return vector;
    }

    /**
     * Runs the network.
     *
     * @param weightVector of this network's weights; gradients flow back into it where it asks for them
     * @param statisticsVector means and variances, moved in place while training
     * @param images [batch, 3, height, width]
     * @param training whether normalizations use the batch's own mean and variance
     * @return the outputs by name, in the memory of the weights
     */
    public Map<String, NDArray> run(NDArray weightVector, NDArray statisticsVector, NDArray images, boolean training)
            throws TrainingException {
        Map<String, NDArray> values = new HashMap<>();
        values.put(model.getGraph().getInput(0).getName(), images);
        view(weights, weightVector, values);
        view(statistics, statisticsVector, values);
        NDManager memory = weightVector.getManager();
        for (TensorProto tensor : floats.values()) {
            float[] constant = Tensors.floats(tensor).orElseThrow();
            values.put(
                    tensor.getName(),
                    memory.create(
                            constant,
                            new Shape(tensor.getDimsList().stream()
                                    .mapToLong(Long::longValue)
                                    .toArray())));
        }
        TorchOperators operators = new TorchOperators(training);
        for (Node node : nodes) {
            List<NDArray> inputs = new ArrayList<>();
            List<long[]> integers = new ArrayList<>();
            for (String input : node.inputs()) {
                inputs.add(values.get(input));
                integers.add(numbers.get(input));
            }
            values.put(node.output(), operators.apply(node, inputs, integers));
        }
        Map<String, NDArray> outputs = new LinkedHashMap<>();
        model.getGraph().getOutputList().forEach(output -> outputs.put(output.getName(), values.get(output.getName())));
        return outputs;
    }

    private static void view(List<Slot> slots, NDArray vector, Map<String, NDArray> into) {
        if (slots.isEmpty()) {
            return;
        }
        // one split has one step backward; a slice for each tensor would write the whole gradient once for each
        NDList parts = slots.size() == 1 ? new NDList(vector) : vector.split(ends(slots));
        for (int i = 0; i < slots.size(); i++) {
            into.put(slots.get(i).name, parts.get(i).reshape(new Shape(slots.get(i).shape)));
        }
    }

    /** Where each part but the last ends. */
    private static long[] ends(List<Slot> slots) {
        return slots.stream().skip(1).mapToLong(Slot::offset).toArray();
    }

    /** The graph with other weights and statistics. */
    public ModelProto with(float[] newWeights, float[] newStatistics) {
        Map<String, TensorProto> changed = new HashMap<>();
        write(weights, newWeights, changed);
        write(statistics, newStatistics, changed);
        Graph graph = Graph.of(model);
        changed.values().forEach(graph::put);
        return graph.toModel();
    }

    private static void write(List<Slot> slots, float[] vector, Map<String, TensorProto> into) {
        for (Slot slot : slots) {
            float[] values = new float[slot.size];
            System.arraycopy(vector, slot.offset, values, 0, slot.size);
            into.put(slot.name, Tensors.floats(slot.name, slot.shape, values));
        }
    }
}
