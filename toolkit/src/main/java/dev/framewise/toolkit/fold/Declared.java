package dev.framewise.toolkit.fold;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.stream.LongStream;

/** Changes of what a model declares of its inputs and outputs. */
final class Declared {
    private Declared() {}

    /** The declared sizes; -1 where they are open. */
    static long[] shape(ValueInfoProto value) {
        return value.getType().getTensorType().getShape().getDimList().stream()
                .mapToLong(size -> size.hasDimValue() && size.getDimValue() > 0 ? size.getDimValue() : -1)
                .toArray();
    }

    /** The same with another first size, by name. */
    static ValueInfoProto withOpenBatch(ValueInfoProto value, String name) {
        ValueInfoProto.Builder changed = value.toBuilder();
        changed.getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .setDim(0, TensorShapeProto.Dimension.newBuilder().setDimParam(name));
        return changed.build();
    }

    /** The same with another size at one place. */
    static ValueInfoProto withSize(ValueInfoProto value, int at, long size) {
        ValueInfoProto.Builder changed = value.toBuilder();
        changed.getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .setDim(at, TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        return changed.build();
    }

    /** The same with another shape. */
    static ValueInfoProto withShape(ValueInfoProto value, long[] sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        LongStream.of(sizes)
                .forEach(size ->
                        shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size)));
        ValueInfoProto.Builder changed = value.toBuilder();
        changed.getTypeBuilder().getTensorTypeBuilder().setShape(shape);
        return changed.build();
    }
}
