package dev.framewise.toolkit.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model that can be changed. Nodes may stand in any order; {@link #toModel} puts them in one that ONNX allows. Values of
 * Constant nodes are turned into initializers, so that there is one kind of constant; what the model declares of the shapes of
 * inner tensors is left out, because changes make it wrong.
 *
 * <p>Who makes and who reads a tensor is looked up in an index that any change throws away. Names are unique: {@link #freshName}.
 */
public final class Graph {
    private final ModelProto.Builder header;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, TensorProto> initializers = new LinkedHashMap<>();
    private final List<ValueInfoProto> inputs = new ArrayList<>();
    private final List<ValueInfoProto> outputs = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private GraphIndex index;

    private Graph(ModelProto model) {
        header = model.toBuilder();
        GraphProto graph = model.getGraph();
        graph.getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
        // Up to IR version 3, constants stand among the inputs too.
        graph.getInputList().stream()
                .filter(input -> !initializers.containsKey(input.getName()))
                .forEach(inputs::add);
        outputs.addAll(graph.getOutputList());
        graph.getNodeList().stream().map(Node::of).forEach(this::take);
        inputs.forEach(input -> names.add(input.getName()));
        names.addAll(initializers.keySet());
        header.getGraphBuilder()
                .clearNode()
                .clearInitializer()
                .clearInput()
                .clearOutput()
                .clearValueInfo()
                .clearQuantizationAnnotation();
    }

    /** The graph of a model. The model itself stays as it is. */
    public static Graph of(ModelProto model) {
        return new Graph(model);
    }

    /** A graph of its own that begins as this one is. */
    public Graph copy() {
        return of(toModel());
    }

    private void take(Node node) {
        Optional<TensorProto> constant = node.is("Constant")
                ? node.find("value").filter(AttributeProto::hasT).map(AttributeProto::getT)
                : Optional.empty();
        boolean isOutput = outputs.stream().anyMatch(o -> o.getName().equals(node.output()));
        if (constant.isPresent() && !isOutput) {
            initializers.put(
                    node.output(),
                    constant.get().toBuilder().setName(node.output()).build());
        } else {
            nodes.add(node);
        }
        names.add(node.name());
        names.addAll(node.outputs());
    }

    /** All nodes, in no order one may rely on. A copy: the graph may be changed while it is walked through. */
    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** All nodes, each behind those whose tensors it reads. */
    public List<Node> sorted() {
        return index().sorted(nodes);
    }

    /** Adds a node. */
    public Node add(Node node) {
        nodes.add(node);
        names.add(node.name());
        names.addAll(node.outputs());
        index = null;
        return node;
    }

    /** Takes a node out; who read its tensors must be given others. */
    public void remove(Node node) {
        nodes.remove(node);
        index = null;
    }

    /** The node that makes a tensor; empty for inputs and constants. */
    public Optional<Node> producer(String tensor) {
        return Optional.ofNullable(index().producers.get(tensor));
    }

    /** The nodes that read a tensor, each once, also from a graph inside them. */
    public List<Node> consumers(String tensor) {
        return index().consumers.getOrDefault(tensor, List.of());
    }

    /** Whether one node and nobody else reads a tensor: then it may be changed for that node's sake. */
    public boolean hasOneUse(String tensor) {
        return !isOutput(tensor) && consumers(tensor).size() == 1;
    }

    private GraphIndex index() {
        if (index == null) {
            index = new GraphIndex(nodes);
        }
        return index;
    }

    /** Lets a node read another tensor at one of its inputs, which it must have. */
    public void setInput(Node node, int at, String tensor) {
        List<String> changed = new ArrayList<>(node.inputs());
        changed.set(at, tensor);
        setInputs(node, changed);
    }

    /** Lets a node read these tensors and no others. */
    public void setInputs(Node node, List<String> tensors) {
        node.setInputs(List.copyOf(tensors));
        index = null;
    }

    /** Lets all who read a tensor read another one. An output of the graph keeps its name, and what makes it. */
    public void replaceUses(String tensor, String other) {
        for (Node node : consumers(tensor)) {
            node.renameInputs(name -> name.equals(tensor) ? other : name);
        }
        index = null;
    }

    /** Gives a tensor that a node makes another name, for its readers too; an output of the graph may not be renamed. */
    public void rename(String tensor, String other) {
        if (isOutput(tensor)) {
            throw new IllegalArgumentException(tensor + " is an output of the graph");
        }
        Node producer = producer(tensor).orElseThrow(() -> new IllegalArgumentException("no node makes " + tensor));
        replaceUses(tensor, other);
        producer.setOutput(producer.outputs().indexOf(tensor), other);
        names.add(other);
        index = null;
    }

    /**
     * Takes out a node that hands on what it reads first. Where its output is one of the graph's, that name moves on to what made the
     * tensor.
     *
     * @return whether it could: an output of the graph cannot be an input or a constant, nor the same as another output
     */
    public boolean bypass(Node node) {
        String from = node.input(0);
        String to = node.output();
        if (!isOutput(to)) {
            replaceUses(to, from);
            remove(node);
            return true;
        }
        if (isOutput(from) || producer(from).isEmpty()) {
            return false;
        }
        remove(node);
        rename(from, to);
        return true;
    }

    /** Lets the node that makes a tensor make another instead, for which nobody asks yet; who reads the tensor still does. */
    public void moveProducer(String tensor, String other) {
        Node producer = producer(tensor).orElseThrow(() -> new IllegalArgumentException("no node makes " + tensor));
        producer.setOutput(producer.outputs().indexOf(tensor), other);
        names.add(other);
        index = null;
    }

    /** Takes out a node with the node before it, which nobody else reads, making what this one made. */
    public void bypassForward(Node node) {
        String from = node.input(0);
        remove(node);
        moveProducer(from, node.output());
    }

    /** A constant of the graph. */
    public Optional<TensorProto> constant(String name) {
        return Optional.ofNullable(initializers.get(name));
    }

    /** The floats of a constant; empty where it is none, or of another type. */
    public Optional<float[]> floats(String name) {
        return constant(name).flatMap(Tensors::floats);
    }

    /** The whole numbers of a constant; empty where it is none, or of another type. */
    public Optional<long[]> integers(String name) {
        return constant(name).flatMap(Tensors::integers);
    }

    /** All constants. */
    public Collection<TensorProto> constants() {
        return List.copyOf(initializers.values());
    }

    /** Adds a constant, or puts it in the place of the one of its name; returns its name. */
    public String put(TensorProto tensor) {
        initializers.put(tensor.getName(), tensor);
        names.add(tensor.getName());
        return tensor.getName();
    }

    /** What a caller must give, in order. */
    public List<ValueInfoProto> inputs() {
        return List.copyOf(inputs);
    }

    /** What a caller gets, in order. */
    public List<ValueInfoProto> outputs() {
        return List.copyOf(outputs);
    }

    public void setInput(int at, ValueInfoProto declared) {
        inputs.set(at, declared);
    }

    public void setOutput(int at, ValueInfoProto declared) {
        outputs.set(at, declared);
    }

    /** Hands out one more tensor, for whoever wants to look at it. */
    public void addOutput(ValueInfoProto declared) {
        outputs.add(declared);
    }

    public boolean isInput(String tensor) {
        return inputs.stream().anyMatch(input -> input.getName().equals(tensor));
    }

    public boolean isOutput(String tensor) {
        return outputs.stream().anyMatch(output -> output.getName().equals(tensor));
    }

    /** A name that nothing in the graph has, such as {@code base_1}; it is taken from then on. */
    public String freshName(String base) {
        String name = base;
        for (int i = 1; !names.add(name); i++) {
            name = base + "_" + i;
        }
        return name;
    }

    /** Gives every node a name of its own, so that reports can tell them apart; those that have one keep it. */
    public void nameNodes() {
        Set<String> taken = new HashSet<>();
        for (Node node : nodes) {
            String name = node.toProto().getName();
            if (name.isEmpty() || !taken.add(name)) {
                name = freshName(node.operator());
                taken.add(name);
                node.setName(name);
            }
        }
    }

    /** Takes out nodes and constants that no output needs; returns how many nodes. */
    public int removeUnused() {
        Set<String> needed = new HashSet<>();
        outputs.forEach(output -> needed.add(output.getName()));
        List<Node> backwards = new ArrayList<>(sorted());
        Collections.reverse(backwards);
        int before = nodes.size();
        for (Node node : backwards) {
            if (node.outputs().stream().anyMatch(needed::contains)) {
                needed.addAll(node.reads());
            } else {
                nodes.remove(node);
            }
        }
        initializers.keySet().retainAll(needed);
        index = null;
        return before - nodes.size();
    }

    /** Version of ONNX's own operators; 0 where the model names none. */
    public long opset() {
        return header.getOpsetImportList().stream()
                .filter(opset ->
                        opset.getDomain().isEmpty() || opset.getDomain().equals(Node.STANDARD_DOMAIN))
                .mapToLong(OperatorSetIdProto::getVersion)
                .findFirst()
                .orElse(0);
    }

    /** What the model says of itself, by key. */
    public Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        header.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
        return metadata;
    }

    /** Lets the model say something of itself, in place of what it says under that key. */
    public void setMetadata(String key, String value) {
        Map<String, String> metadata = metadata();
        metadata.put(key, value);
        header.clearMetadataProps();
        metadata.forEach((k, v) -> header.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(k).setValue(v)));
    }

    /** The rest of the model's message: versions, producer, functions. */
    public ModelProto.Builder header() {
        return header;
    }

    /**
     * The model, its nodes in an order that ONNX allows.
     *
     * @throws IllegalStateException if nodes read one another's tensors in a circle
     */
    public ModelProto toModel() {
        ModelProto.Builder model = header.clone();
        GraphProto.Builder graph = model.getGraphBuilder();
        sorted().forEach(node -> graph.addNode(node.toProto()));
        graph.addAllInitializer(initializers.values()).addAllInput(inputs).addAllOutput(outputs);
        return model.build();
    }
}
