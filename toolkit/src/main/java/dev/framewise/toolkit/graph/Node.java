package dev.framewise.toolkit.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * A node of a {@link Graph}. Its tensors are changed through the graph, which keeps account of them; its attributes here.
 */
public final class Node {
    /** The domain of ONNX's own operators, where a model does not leave it empty. */
    public static final String STANDARD_DOMAIN = "ai.onnx";

    private final NodeProto.Builder proto;

    private Node(NodeProto.Builder proto) {
        this.proto = proto;
    }

    /** A node of ONNX's own domain, in no graph yet. */
    public static Node of(String operator, String name, List<String> inputs, String... outputs) {
        return new Node(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(inputs)
                .addAllOutput(Arrays.asList(outputs)));
    }

    /** The node of a message. */
    public static Node of(NodeProto message) {
        return new Node(message.toBuilder());
    }

    /** Whether it is an operator of ONNX's own domain. */
    public boolean is(String operator) {
        return isStandard() && proto.getOpType().equals(operator);
    }

    /** Whether it is one of some operators of ONNX's own domain. */
    public boolean isAny(Set<String> operators) {
        return isStandard() && operators.contains(proto.getOpType());
    }

    /** Whether its operator is ONNX's own. */
    public boolean isStandard() {
        return proto.getDomain().isEmpty() || proto.getDomain().equals(STANDARD_DOMAIN);
    }

    /** Its operator, without the domain. */
    public String operator() {
        return proto.getOpType();
    }

    /** Its name, or that of what it makes where it has none. */
    public String name() {
        return proto.getName().isEmpty() && proto.getOutputCount() > 0 ? proto.getOutput(0) : proto.getName();
    }

    /** Names of the tensors it reads; empty for an optional one that is left out. */
    public List<String> inputs() {
        return proto.getInputList();
    }

    /** The name of a tensor it reads; empty where it is left out. */
    public String input(int index) {
        return index < proto.getInputCount() ? proto.getInput(index) : "";
    }

    /** Names of the tensors it makes; empty for an optional one that nobody asks for. */
    public List<String> outputs() {
        return proto.getOutputList();
    }

    /** The first tensor it makes. */
    public String output() {
        return proto.getOutput(0);
    }

    /** Whether graphs stand in its attributes, as in If and Loop. */
    public boolean hasSubgraphs() {
        return proto.getAttributeList().stream().anyMatch(a -> a.hasG() || a.getGraphsCount() > 0);
    }

    /** All tensors it reads: its inputs, and what graphs inside it read from around it. */
    Set<String> reads() {
        Set<String> reads = new LinkedHashSet<>(proto.getInputList());
        reads.remove("");
        for (AttributeProto attribute : proto.getAttributeList()) {
            if (attribute.hasG()) {
                capture(attribute.getG(), reads);
            }
            attribute.getGraphsList().forEach(graph -> capture(graph, reads));
        }
        return reads;
    }

    private static void capture(GraphProto graph, Set<String> reads) {
        Set<String> own = new LinkedHashSet<>();
        graph.getInputList().forEach(input -> own.add(input.getName()));
        graph.getInitializerList().forEach(tensor -> own.add(tensor.getName()));
        Set<String> inside = new LinkedHashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            inside.addAll(of(node).reads());
            own.addAll(node.getOutputList());
        }
        graph.getOutputList().forEach(output -> inside.add(output.getName()));
        inside.removeAll(own);
        reads.addAll(inside);
    }

    /** Reads other tensors, also in the graphs inside it. */
    void renameInputs(UnaryOperator<String> names) {
        renameInputs(proto, names);
    }

    private static void renameInputs(NodeProto.Builder node, UnaryOperator<String> names) {
        for (int i = 0; i < node.getInputCount(); i++) {
            node.setInput(i, names.apply(node.getInput(i)));
        }
        for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
            if (attribute.hasG()) {
                renameInputs(attribute.getGBuilder(), names);
            }
            attribute.getGraphsBuilderList().forEach(graph -> renameInputs(graph, names));
        }
    }

    private static void renameInputs(GraphProto.Builder graph, UnaryOperator<String> names) {
        graph.getNodeBuilderList().forEach(node -> renameInputs(node, names));
        graph.getOutputBuilderList().forEach(output -> output.setName(names.apply(output.getName())));
    }

    void setName(String name) {
        proto.setName(name);
    }

    void setInputs(List<String> names) {
        proto.clearInput().addAllInput(names);
    }

    void setOutput(int index, String name) {
        proto.setOutput(index, name);
    }

    /** A whole number, or {@code otherwise} where the attribute is left out. */
    public long integer(String name, long otherwise) {
        return find(name).map(AttributeProto::getI).orElse(otherwise);
    }

    /** A number, or {@code otherwise} where the attribute is left out. */
    public float number(String name, float otherwise) {
        return find(name).map(AttributeProto::getF).orElse(otherwise);
    }

    /** Text, or {@code otherwise} where the attribute is left out. */
    public String text(String name, String otherwise) {
        return find(name).map(attribute -> attribute.getS().toStringUtf8()).orElse(otherwise);
    }

    /** Whole numbers, or {@code otherwise} where the attribute is left out. */
    public long[] integers(String name, long... otherwise) {
        return find(name)
                .map(a -> a.getIntsList().stream().mapToLong(Long::longValue).toArray())
                .orElse(otherwise);
    }

    /** Any attribute, as the model has it. */
    public Optional<AttributeProto> find(String name) {
        return proto.getAttributeList().stream()
                .filter(a -> a.getName().equals(name))
                .findFirst();
    }

    public Node set(String name, long value) {
        return set(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value));
    }

    public Node set(String name, float value) {
        return set(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOAT)
                .setF(value));
    }

    public Node set(String name, String value) {
        return set(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value)));
    }

    public Node set(String name, long[] values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
        LongStream.of(values).forEach(attribute::addInts);
        return set(attribute);
    }

    /** Sets an attribute in place of the one of its name. */
    public Node set(AttributeProto.Builder attribute) {
        removeAttribute(attribute.getName());
        proto.addAttribute(attribute);
        return this;
    }

    public Node removeAttribute(String name) {
        for (int i = proto.getAttributeCount() - 1; i >= 0; i--) {
            if (proto.getAttribute(i).getName().equals(name)) {
                proto.removeAttribute(i);
            }
        }
        return this;
    }

    /** As a message. */
    public NodeProto toProto() {
        return proto.build();
    }

    /** Such as {@code Conv_41 (Conv)}. */
    @Override
    public String toString() {
        return name() + " (" + (isStandard() ? "" : proto.getDomain() + ".") + proto.getOpType() + ")";
    }
}
