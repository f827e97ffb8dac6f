package dev.framewise.toolkit.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphTest {
    private final Graph graph = Graph.of(new TestingGraph()
            .input("x", 1, 4)
            .weights("w", 4)
            .node("Add", "a", "x", "w")
            .node("Identity", "b", "a")
            .node("Relu", "c", "b")
            .node("Add", "y", "c", "b")
            .output("y", 1, 4)
            .model());

    @Test
    void knowsWhoMakesAndWhoReads() {
        assertThat(graph.producer("b").orElseThrow().operator()).isEqualTo("Identity");
        assertThat(graph.producer("x")).isEmpty();
        assertThat(graph.consumers("b")).extracting(Node::operator).containsExactly("Relu", "Add");
        assertThat(graph.hasOneUse("c")).isTrue();
        assertThat(graph.hasOneUse("y")).isFalse();
    }

    @Test
    void aNodeThatHandsOnIsTakenOut() {
        assertThat(graph.bypass(graph.producer("b").orElseThrow())).isTrue();
        assertThat(graph.consumers("a")).extracting(Node::operator).containsExactly("Relu", "Add");
        assertThat(graph.nodes()).hasSize(3);
        assertThat(GraphChecker.check(graph.toModel())).isEmpty();
    }

    @Test
    void anOutputKeepsItsNameWhenWhatMadeItGoes() {
        Node last = graph.add(Node.of("Identity", "last", List.of("y"), "z"));
        graph.setOutput(0, graph.outputs().get(0).toBuilder().setName("z").build());
        assertThat(graph.bypass(last)).isTrue();
        assertThat(graph.producer("z").orElseThrow().operator()).isEqualTo("Add");
        assertThat(GraphChecker.check(graph.toModel())).isEmpty();
    }

    @Test
    void nodesAreWrittenBehindWhatTheyRead() {
        Node first = graph.producer("a").orElseThrow();
        graph.remove(first);
        graph.add(first);
        assertThat(graph.toModel().getGraph().getNodeList())
                .extracting(NodeProto::getOpType)
                .containsExactly("Add", "Identity", "Relu", "Add");
        graph.setInput(first, 1, "c");
        assertThatThrownBy(graph::toModel)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in a circle");
    }

    @Test
    void whatNobodyNeedsIsTakenOut() {
        graph.put(Tensors.longs("left", 1, 2));
        graph.add(Node.of("Relu", "alone", List.of("a"), "nowhere"));
        assertThat(graph.removeUnused()).isEqualTo(1);
        assertThat(graph.constant("left")).isEmpty();
        assertThat(graph.nodes()).hasSize(4);
    }

    @Test
    void namesAreFreshEvenTwice() {
        assertThat(graph.freshName("a")).isEqualTo("a_1");
        assertThat(graph.freshName("a")).isEqualTo("a_2");
        assertThat(graph.freshName("new")).isEqualTo("new");
    }

    @Test
    void aGraphInsideANodeReadsToo() {
        GraphProto inside = GraphProto.newBuilder()
                .setName("then")
                .addNode(NodeProto.newBuilder().setOpType("Neg").addInput("c").addOutput("n"))
                .addOutput(ValueInfoProto.newBuilder().setName("n"))
                .build();
        ModelProto model = graph.toModel();
        Graph branching = Graph.of(model.toBuilder()
                .setGraph(model.getGraph().toBuilder()
                        .addNode(NodeProto.newBuilder()
                                .setOpType("If")
                                .addInput("x")
                                .addOutput("chosen")
                                .addAttribute(AttributeProto.newBuilder()
                                        .setName("then_branch")
                                        .setType(AttributeType.GRAPH)
                                        .setG(inside))))
                .build());
        assertThat(branching.consumers("c")).extracting(Node::operator).containsExactly("Add", "If");
        branching.rename("c", "renamed");
        assertThat(branching.consumers("renamed")).extracting(Node::operator).containsExactly("Add", "If");
        assertThat(branching.consumers("c")).isEmpty();
    }

    @Test
    void constantNodesBecomeInitializers() {
        Graph constants = Graph.of(ModelProto.newBuilder()
                .setGraph(GraphProto.newBuilder()
                        .addNode(NodeProto.newBuilder()
                                .setOpType("Constant")
                                .addOutput("k")
                                .addAttribute(AttributeProto.newBuilder()
                                        .setName("value")
                                        .setType(AttributeType.TENSOR)
                                        .setT(Tensors.longs("", 3, 4))))
                        .addNode(NodeProto.newBuilder()
                                .setOpType("Neg")
                                .addInput("k")
                                .addOutput("y"))
                        .addOutput(ValueInfoProto.newBuilder().setName("y")))
                .build());
        assertThat(constants.integers("k").orElseThrow()).containsExactly(3, 4);
        assertThat(constants.nodes()).extracting(Node::operator).containsExactly("Neg");
    }
}
