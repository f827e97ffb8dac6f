package dev.framewise.toolkit.quantize;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import dev.framewise.vision.detect.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;

/**
 * Turns a float graph into one of 16 bit floats (IEEE 754 binary16) that still takes and gives 32 bit ones. Weights below the least
 * half become 0, as rounding has it; one above the greatest, 65504, is an error, because infinity would spread.
 */
final class HalfWriter {
    private static final float GREATEST = 65_504;
    /** Inputs that ONNX wants as 32 bit floats whatever the tensor is: Resize's regions and scales. */
    private static final Set<Integer> KEPT_OF_RESIZE = Set.of(1, 2);

    private HalfWriter() {}

    /** Changes the graph. */
    static void write(Graph graph) throws ModelException {
        for (Node node : graph.nodes()) {
            if (node.is("Resize")) {
                keepForResize(graph, node);
            }
        }
        for (TensorProto tensor : graph.constants()) {
            if (Tensors.is(tensor, DataType.FLOAT) && !isKept(graph, tensor.getName())) {
                graph.put(half(tensor));
            }
        }
        for (Node node : graph.nodes()) {
            if (node.is("Cast") && node.integer("to", 0) == DataType.FLOAT.getNumber()) {
                node.set("to", (long) DataType.FLOAT16.getNumber());
            }
        }
        graph.inputs().forEach(input -> cast(graph, input.getName()));
        graph.outputs().forEach(output -> widen(graph, output.getName()));
    }

    /** A scale that others read too is copied. */
    private static void keepForResize(Graph graph, Node resize) {
        for (int at : KEPT_OF_RESIZE) {
            if (graph.floats(resize.input(at)).isPresent()) {
                TensorProto tensor = graph.constant(resize.input(at)).orElseThrow();
                graph.setInput(
                        resize,
                        at,
                        graph.put(tensor.toBuilder()
                                .setName(graph.freshName(tensor.getName() + ".fp32"))
                                .build()));
            }
        }
    }

    private static boolean isKept(Graph graph, String tensor) {
        return graph.consumers(tensor).stream()
                .anyMatch(node -> node.is("Resize")
                        && KEPT_OF_RESIZE.stream().anyMatch(at -> node.input(at).equals(tensor)));
    }

    private static void cast(Graph graph, String input) {
        String halves = graph.freshName(input + ".fp16");
        graph.replaceUses(input, halves);
        graph.add(Node.of("Cast", graph.freshName(halves + ".cast"), List.of(input), halves)
                .set("to", (long) DataType.FLOAT16.getNumber()));
    }

    private static void widen(Graph graph, String output) {
        String halves = graph.freshName(output + ".fp16");
        graph.moveProducer(output, halves);
        graph.replaceUses(output, halves);
        graph.add(Node.of("Cast", graph.freshName(halves + ".cast"), List.of(halves), output)
                .set("to", (long) DataType.FLOAT.getNumber()));
    }

    /** A tensor of floats as one of halves. */
    static TensorProto half(TensorProto tensor) throws ModelException {
        float[] values = Tensors.floats(tensor).orElseThrow();
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            if (Math.abs(value) > GREATEST) {
                throw new ModelException("constant " + tensor.getName() + " holds " + value
                        + ", more than a 16 bit float can: this model cannot be FP16");
            }
            bytes.putShort(toHalf(value));
        }
        return TensorProto.newBuilder()
                .setName(tensor.getName())
                .setDataType(DataType.FLOAT16.getNumber())
                .addAllDims(tensor.getDimsList())
                .setRawData(ByteString.copyFrom(bytes.flip()))
                .build();
    }

    /** Rounds to the nearest half, ties to even (Java has this from version 20 on). */
    static short toHalf(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7e00);
        }
        if (magnitude < 0x1p-14f) {
            // Denormal halves count in steps of 2^-24; rint rounds ties to even.
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
        }
        int rounded = (bits & 0x7fffffff) + 0xfff + (bits >>> 13 & 1);
        int half = (rounded >>> 13) - (112 << 10);
        return (short) (sign | Math.min(half, 0x7c00));
    }
}
