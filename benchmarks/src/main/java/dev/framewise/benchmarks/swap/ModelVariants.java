package dev.framewise.benchmarks.swap;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Other files of the same network, to be released: one that sees the same, and one whose weights are noisy. */
public final class ModelVariants {
    private ModelVariants() {}

    /** The same network in a file of other bytes. */
    public static Path sameNetwork(Path model, String build, Path file) throws IOException {
        return write(read(model), build, file);
    }

    /**
     * The same graph with noisy weights.
     *
     * @param noise standard deviation of the noise on each weight, as a share of the weight
     */
    public static Path perturbed(Path model, double noise, long seed, Path file) throws IOException {
        ModelProto.Builder perturbed = read(model).toBuilder();
        GraphProto.Builder graph = perturbed.getGraphBuilder();
        Random random = new Random(seed);
        for (TensorProto.Builder tensor : graph.getInitializerBuilderList()) {
            // Constants of shapes and scales are initializers, too, but of one dimension: noisy, they would be another
            // graph.
            if (tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber()
                    && tensor.hasRawData()
                    && tensor.getDimsCount() > 1) {
                ByteBuffer weights =
                        ByteBuffer.wrap(tensor.getRawData().toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i + Float.BYTES <= weights.capacity(); i += Float.BYTES) {
                    weights.putFloat(i, (float) (weights.getFloat(i) * (1 + noise * random.nextGaussian())));
                }
                tensor.setRawData(ByteString.copyFrom(weights.array()));
            }
        }
        return write(perturbed.build(), "noise of " + noise, file);
    }

    private static ModelProto read(Path model) throws IOException {
        return ModelProto.parseFrom(Files.readAllBytes(model));
    }

    private static Path write(ModelProto model, String build, Path file) throws IOException {
        StringStringEntryProto entry = StringStringEntryProto.newBuilder()
                .setKey("framewise.build")
                .setValue(build)
                .build();
        return Files.write(
                file, model.toBuilder().addMetadataProps(entry).build().toByteArray());
    }
}
