package dev.framewise.vision.detect;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Path;

/** Models with several outputs, or with as many rows as there is to tell. Inputs are those of {@link TestingModels}; classes dog and cat. */
final class TestingNms {
    private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();

    /** A picture of half the input's height begins in row 8, below the padding. */
    private static final int FIRST_PIXEL = 8 * TestingModels.SIDE;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("nms");

    TestingNms(int batch) {
        graph.addInput(TestingModels.value("images", new long[] {batch, 3, TestingModels.SIDE, TestingModels.SIDE}));
    }

    /** An output that is always the same; its values are whole numbers for other types than FLOAT. */
    TestingNms constant(String name, TensorProto.DataType type, long[] shape, float... values) {
        tensor(name + "_values", type, shape, values);
        graph.addNode(TestingModels.node("Identity", name, name + "_values"));
        return output(name, type, shape);
    }

    /** The first rows of a table, as many as there are pixels above 0 among the first of the first picture, which is 64x32. */
    TestingNms rowsAsManyAsPixels(String name, int columns, float... table) {
        int rows = table.length / columns;
        tensor("table", TensorProto.DataType.FLOAT, new long[] {rows, columns}, table);
        tensor("zero", TensorProto.DataType.FLOAT, new long[] {1}, 0);
        graph.addInitializer(TestingModels.ints("all", -1))
                .addInitializer(TestingModels.ints("from", FIRST_PIXEL))
                .addInitializer(TestingModels.ints("to", FIRST_PIXEL + rows))
                .addNode(TestingModels.node("Reshape", "flat", "images", "all"))
                .addNode(TestingModels.node("Slice", "pixels", "flat", "from", "to"))
                .addNode(TestingModels.node("Greater", "wanted", "pixels", "zero"))
                .addNode(TestingModels.node("NonZero", "where", "wanted"))
                .addNode(TestingModels.node("Reshape", "indices", "where", "all"))
                .addNode(TestingModels.node("Gather", name, "table", "indices"));
        return output(name, TensorProto.DataType.FLOAT, new long[] {-1, columns});
    }

    private void tensor(String name, TensorProto.DataType type, long[] shape, float... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        for (long size : shape) {
            tensor.addDims(size);
        }
        for (float value : values) {
            if (type.getNumber() == FLOAT) {
                tensor.addFloatData(value);
            } else if (type == TensorProto.DataType.INT32) {
                tensor.addInt32Data((int) value);
            } else {
                tensor.addInt64Data((long) value);
            }
        }
        graph.addInitializer(tensor);
    }

    private TestingNms output(String name, TensorProto.DataType type, long[] shape) {
        ValueInfoProto.Builder value = TestingModels.value(name, shape).toBuilder();
        value.getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber());
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] < 0) {
                value.getTypeBuilder()
                        .getTensorTypeBuilder()
                        .getShapeBuilder()
                        .getDimBuilder(i)
                        .setDimParam("rows");
            }
        }
        graph.addOutput(value);
        return this;
    }

    Path write(Path file) throws IOException {
        return TestingModels.write(
                file,
                ModelProto.newBuilder()
                        .setIrVersion(7)
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                        .addMetadataProps(StringStringEntryProto.newBuilder()
                                .setKey(ModelMetadata.CLASSES_KEY)
                                .setValue("dog,cat"))
                        .setGraph(graph)
                        .build());
    }
}
