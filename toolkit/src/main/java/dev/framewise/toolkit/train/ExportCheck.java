package dev.framewise.toolkit.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;

/** Whether a file that is handed out says what the framework says that it was trained in. */
public final class ExportCheck {
    /** Largest difference that is accepted, of the larger of 1 and the number itself. */
    public static final float TOLERANCE = 1e-4f;

    private ExportCheck() {}

    /**
     * Compares PyTorch on one graph with ONNX Runtime on another, all outputs.
     *
     * @param trained the graph as it was trained, with its normalizations
     * @param exported the graph that is handed out, with outputs of the same names
     * @param images [batch, 3, height, width]
     * @return the largest difference, of the larger of 1 and the number itself
     * @throws TrainingException if the graph does not load, or the difference is above {@link #TOLERANCE}
     */
    public static float compare(ModelProto trained, ModelProto exported, float[] images, long... shape)
            throws TrainingException {
        TrainableNetwork network = TrainableNetwork.of(trained);
        float worst = 0;
        try (NDManager memory = TorchEngine.newManager();
                OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = OrtEnvironment.getEnvironment().createSession(exported.toByteArray(), options);
                OnnxTensor input =
                        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(images), shape);
                OrtSession.Result found =
                        session.run(Map.of(exported.getGraph().getInput(0).getName(), input))) {
            float[] statistics = network.statistics();
            NDArray weightVector = memory.create(network.weights(), new Shape(network.weights().length));
            NDArray statisticsVector = memory.create(statistics, new Shape(statistics.length));
            Map<String, NDArray> expected = network.run(
                    weightVector, statisticsVector, memory.create(images, new Shape(shape)), /* training= */ false);
            for (Map.Entry<String, NDArray> output : expected.entrySet()) {
                OnnxTensor tensor = (OnnxTensor) found.get(output.getKey())
                        .orElseThrow(() -> new TrainingException("the exported graph lacks output " + output.getKey()));
                worst = Math.max(worst, difference(output.getValue().toFloatArray(), tensor.getFloatBuffer()));
            }
        } catch (OrtException e) {
            throw new TrainingException("ONNX Runtime does not run the exported graph: " + e.getMessage(), e);
        }
        if (!(worst <= TOLERANCE)) {
            throw new TrainingException("the exported graph differs from the trained one by " + worst + ", more than "
                    + TOLERANCE + ": this is a bug of the exporter, and no file was written");
        }
        return worst;
    }

    private static float difference(float[] expected, FloatBuffer found) {
        if (found.remaining() != expected.length) {
            return Float.POSITIVE_INFINITY;
        }
        float worst = 0;
        for (float value : expected) {
            worst = Math.max(worst, Math.abs(value - found.get()) / Math.max(1, Math.abs(value)));
        }
        return worst;
    }
}
