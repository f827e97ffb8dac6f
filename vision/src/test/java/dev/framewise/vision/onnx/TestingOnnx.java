package dev.framewise.vision.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TrainingInfoProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Map;

/** Models that only a scanner reads: they make no sense to a runtime. */
final class TestingOnnx {
    private TestingOnnx() {}

    /** Where in a model a tensor may stand. */
    enum Place {
        INITIALIZER,
        SPARSE_VALUES,
        SPARSE_INDICES,
        ATTRIBUTE,
        ATTRIBUTE_LIST,
        ATTRIBUTE_SPARSE,
        ATTRIBUTE_SPARSE_LIST,
        SUBGRAPH,
        SUBGRAPH_LIST,
        FUNCTION,
        FUNCTION_ATTRIBUTE,
        TRAINING
    }

    /** One node. */
    static GraphProto.Builder graph() {
        return GraphProto.newBuilder().addNode(NodeProto.newBuilder().setOpType("Relu"));
    }

    static ModelProto model(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setProducerName("testing")
                .setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .build();
    }

    /** A tensor w of 3x3 floats, 36 bytes, that lie elsewhere. */
    static TensorProto external(Map<String, String> entries) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName("w")
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addDims(3)
                .addDims(3)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL);
        entries.forEach((key, value) -> tensor.addExternalData(entry(key, value)));
        return tensor.build();
    }

    static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    /** A node with a graph inside. */
    static NodeProto nodeWith(GraphProto inside) {
        return NodeProto.newBuilder()
                .setOpType("If")
                .addAttribute(AttributeProto.newBuilder().setName("then").setG(inside))
                .build();
    }

    /** A model with the tensor in one place. */
    static ModelProto withTensor(Place place, TensorProto tensor) {
        ModelProto.Builder model = ModelProto.newBuilder(model(graph()));
        put(model, place, tensor);
        return model.build();
    }

    /** A model with the tensor in all places. */
    static ModelProto everywhere(TensorProto tensor) {
        ModelProto.Builder model = ModelProto.newBuilder(model(graph()));
        for (Place place : Place.values()) {
            put(model, place, tensor);
        }
        return model.build();
    }

    private static void put(ModelProto.Builder model, Place place, TensorProto tensor) {
        SparseTensorProto sparse =
                SparseTensorProto.newBuilder().setValues(tensor).build();
        GraphProto inside = graph().addInitializer(tensor).build();
        GraphProto.Builder graph = model.getGraphBuilder();
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName("a");
        switch (place) {
            case INITIALIZER -> graph.addInitializer(tensor);
            case SPARSE_VALUES -> graph.addSparseInitializer(sparse);
            case SPARSE_INDICES ->
                graph.addSparseInitializer(SparseTensorProto.newBuilder().setIndices(tensor));
            case ATTRIBUTE -> attribute.setT(tensor);
            case ATTRIBUTE_LIST -> attribute.addTensors(tensor);
            case ATTRIBUTE_SPARSE -> attribute.setSparseTensor(sparse);
            case ATTRIBUTE_SPARSE_LIST -> attribute.addSparseTensors(sparse);
            case SUBGRAPH -> attribute.setG(inside);
            case SUBGRAPH_LIST -> attribute.addGraphs(inside);
            case FUNCTION ->
                model.addFunctions(FunctionProto.newBuilder()
                        .addNode(NodeProto.newBuilder()
                                .addAttribute(AttributeProto.newBuilder().setT(tensor))));
            case FUNCTION_ATTRIBUTE ->
                model.addFunctions(FunctionProto.newBuilder()
                        .addAttributeProto(AttributeProto.newBuilder().setT(tensor)));
            case TRAINING ->
                model.addTrainingInfo(TrainingInfoProto.newBuilder().setInitialization(inside));
        }
        graph.addNode(NodeProto.newBuilder().setOpType("Any").addAttribute(attribute));
    }

    /** An input of floats; -1 is an open size. */
    static ValueInfoProto input(String name, long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : sizes) {
            shape.addDim(
                    size < 0
                            ? TensorShapeProto.Dimension.newBuilder().setDimParam("open")
                            : TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape)))
                .build();
    }
}
