package dev.framewise.toolkit.trial;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import com.google.protobuf.ByteString;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.provider.NativeRuntime;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** What a model without inputs gives, as tensors that can stand in a model. Any thread. */
public final class ConstantValues {
    private ConstantValues() {}

    /**
     * Runs the model once, without any rewriting.
     *
     * @param maxBytes a larger tensor is left out
     * @return by the outputs' names; empty for those of other types than numbers and truth values, and those left out
     * @throws ModelException if ONNX Runtime does not take it
     */
    public static Map<String, Optional<TensorProto>> compute(ModelProto model, int maxBytes) throws ModelException {
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setOptimizationLevel(SessionOptions.OptLevel.NO_OPT);
            try (OrtSession session = NativeRuntime.environment().createSession(model.toByteArray(), options);
                    OrtSession.Result result = session.run(Map.of())) {
                Map<String, Optional<TensorProto>> values = new LinkedHashMap<>();
                for (Map.Entry<String, OnnxValue> output : result) {
                    values.put(
                            output.getKey(),
                            output.getValue() instanceof OnnxTensor tensor
                                    ? tensor(output.getKey(), tensor, maxBytes)
                                    : Optional.empty());
                }
                return values;
            }
        } catch (OrtException e) {
            throw new ModelException("its constants cannot be computed: " + e.getMessage(), e);
        }
    }

    private static Optional<TensorProto> tensor(String name, OnnxTensor tensor, int maxBytes) {
        Optional<DataType> type = Optional.ofNullable(
                switch (tensor.getInfo().type) {
                    case FLOAT -> DataType.FLOAT;
                    case DOUBLE -> DataType.DOUBLE;
                    case INT64 -> DataType.INT64;
                    case INT32 -> DataType.INT32;
                    case INT8 -> DataType.INT8;
                    case UINT8 -> DataType.UINT8;
                    case BOOL -> DataType.BOOL;
                    case FLOAT16 -> DataType.FLOAT16;
                    default -> null;
                });
        if (type.isEmpty()) {
            return Optional.empty();
        }
        ByteString bytes = ByteString.copyFrom(tensor.getByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
        if (bytes.size() > maxBytes) {
            return Optional.empty();
        }
        TensorProto.Builder made = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.get().getNumber())
                .setRawData(bytes);
        LongStream.of(tensor.getInfo().getShape()).forEach(made::addDims);
        return Optional.of(made.build());
    }
}
