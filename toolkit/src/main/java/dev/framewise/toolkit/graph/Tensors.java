package dev.framewise.toolkit.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** The values of tensors that stand in a model, in and out. Values that lie in another file are not reached from here. */
public final class Tensors {
    private Tensors() {}

    /** A tensor of floats, rows in order. */
    public static TensorProto floats(String name, long[] shape, float... values) {
        ByteBuffer bytes = buffer(values.length, Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return raw(name, DataType.FLOAT, shape, values.length, bytes);
    }

    /** A float without dimensions. */
    public static TensorProto scalar(String name, float value) {
        return floats(name, new long[0], value);
    }

    /** A list of whole numbers, as shapes and axes are given. */
    public static TensorProto longs(String name, long... values) {
        ByteBuffer bytes = buffer(values.length, Long.BYTES);
        bytes.asLongBuffer().put(values);
        return raw(name, DataType.INT64, new long[] {values.length}, values.length, bytes);
    }

    /** A tensor of 32 bit whole numbers. */
    public static TensorProto ints(String name, long[] shape, int... values) {
        ByteBuffer bytes = buffer(values.length, Integer.BYTES);
        bytes.asIntBuffer().put(values);
        return raw(name, DataType.INT32, shape, values.length, bytes);
    }

    /** A tensor of bytes, signed as INT8 or not as UINT8. */
    public static TensorProto bytes(String name, DataType type, long[] shape, byte... values) {
        if (type != DataType.INT8 && type != DataType.UINT8) {
            throw new IllegalArgumentException(type + " is not one byte");
        }
        return raw(name, type, shape, values.length, ByteBuffer.wrap(values));
    }

    private static ByteBuffer buffer(int count, int size) {
        return ByteBuffer.allocate(Math.multiplyExact(count, size)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static TensorProto raw(String name, DataType type, long[] shape, int count, ByteBuffer bytes) {
        if (LongStream.of(shape).reduce(1, Math::multiplyExact) != count) {
            throw new IllegalArgumentException(name + ": " + count + " values for a shape of "
                    + LongStream.of(shape).boxed().toList());
        }
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes));
        LongStream.of(shape).forEach(tensor::addDims);
        return tensor.build();
    }

    /** Whether the values lie in a file beside the model. */
    public static boolean isExternal(TensorProto tensor) {
        return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    }

    /** Whether its elements are of a type. */
    public static boolean is(TensorProto tensor, DataType type) {
        return tensor.getDataType() == type.getNumber();
    }

    /** Its sizes. */
    public static long[] shape(TensorProto tensor) {
        return tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    }

    /** Number of elements its shape makes. */
    public static long count(TensorProto tensor) {
        return tensor.getDimsList().stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }

    /** Bytes of one element where values stand raw; 0 for types that have no whole bytes, or no fixed number. */
    public static int elementBytes(TensorProto tensor) {
        DataType type = DataType.forNumber(tensor.getDataType());
        return type == null
                ? 0
                : switch (type) {
                    case INT8, UINT8, BOOL -> 1;
                    case FLOAT16, BFLOAT16, INT16, UINT16 -> 2;
                    case FLOAT, INT32, UINT32 -> 4;
                    case DOUBLE, INT64, UINT64 -> 8;
                    default -> 0;
                };
    }

    /** The values of a tensor of FLOAT; empty for any other type, and where they lie in another file. */
    public static Optional<float[]> floats(TensorProto tensor) {
        if (isExternal(tensor) || !is(tensor, DataType.FLOAT)) {
            return Optional.empty();
        }
        if (tensor.hasRawData()) {
            float[] values = new float[tensor.getRawData().size() / Float.BYTES];
            read(tensor).asFloatBuffer().get(values);
            return Optional.of(values);
        }
        List<Float> listed = tensor.getFloatDataList();
        float[] values = new float[listed.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = listed.get(i);
        }
        return Optional.of(values);
    }

    /** The values of a tensor of whole numbers, signed or UINT8; empty for any other type, and where they lie in another file. */
    public static Optional<long[]> integers(TensorProto tensor) {
        DataType type = DataType.forNumber(tensor.getDataType());
        if (isExternal(tensor) || type == null) {
            return Optional.empty();
        }
        return switch (type) {
            case INT64 -> Optional.of(listedOr(tensor, tensor.getInt64DataList(), Long.BYTES));
            case INT32 -> Optional.of(listedOr(tensor, tensor.getInt32DataList(), Integer.BYTES));
            case INT16 -> Optional.of(listedOr(tensor, tensor.getInt32DataList(), Short.BYTES));
            case INT8 -> Optional.of(listedOr(tensor, tensor.getInt32DataList(), Byte.BYTES));
            case UINT8 ->
                Optional.of(LongStream.of(listedOr(tensor, tensor.getInt32DataList(), Byte.BYTES))
                        .map(value -> value & 0xff)
                        .toArray());
            default -> Optional.empty();
        };
    }

    private static long[] listedOr(TensorProto tensor, List<? extends Number> listed, int size) {
        if (!tensor.hasRawData()) {
            return listed.stream().mapToLong(Number::longValue).toArray();
        }
        ByteBuffer raw = read(tensor);
        long[] values = new long[raw.remaining() / size];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (size) {
                case Long.BYTES -> raw.getLong();
                case Integer.BYTES -> raw.getInt();
                case Short.BYTES -> raw.getShort();
                default -> raw.get();
            };
        }
        return values;
    }

    private static ByteBuffer read(TensorProto tensor) {
        return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
}
