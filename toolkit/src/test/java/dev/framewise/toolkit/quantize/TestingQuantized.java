package dev.framewise.toolkit.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.fold.Rewrites;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.trial.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/** Models of which all is INT8 or FP16, calibrated on noise: right in form, and no more. */
public final class TestingQuantized {
    private TestingQuantized() {}

    /** All units INT8 but the Concats, whose parts differ too much. */
    public static ModelProto int8(Path model) throws Exception {
        return int8(Graph.of(ModelStore.read(model)));
    }

    static ModelProto int8(Graph graph) throws Exception {
        Rewrites.fold(graph);
        OpsetLift.lift(graph);
        graph.nameNodes();
        Units units = new Units(graph);
        long[] shape = graph.inputs().get(0).getType().getTensorType().getShape().getDimList().stream()
                .mapToLong(size -> Math.max(1, size.getDimValue()))
                .toArray();
        var stats = Calibration.observe(graph, units, List.of(noise(shape)), shape, /* passes= */ 1, () -> {});
        BitSet int8 = new BitSet();
        units.all().stream().filter(unit -> !unit.kind().equals("Concat")).forEach(unit -> int8.set(unit.index()));
        return new QdqWriter(graph, units, new RangePlan(graph, units, stats, Observer.MINMAX)).write(int8);
    }

    public static ModelProto fp16(Path model) throws Exception {
        Graph graph = Graph.of(ModelStore.read(model));
        Rewrites.fold(graph);
        OpsetLift.lift(graph);
        HalfWriter.write(graph);
        return graph.toModel();
    }

    static ByteBuffer noise(long[] shape) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(Values.count(shape) * Float.BYTES).order(ByteOrder.nativeOrder());
        SplittableRandom random = new SplittableRandom(2);
        while (bytes.hasRemaining()) {
            bytes.putFloat((float) random.nextDouble(0, 255));
        }
        return bytes.flip();
    }
}
