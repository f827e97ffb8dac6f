package dev.framewise.vision.detect;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.Locale;
import java.util.Set;

/** What runs the network: ONNX Runtime's execution providers that Framewise knows. */
public enum ExecutionProvider {
    CPU,
    CUDA,
    TENSORRT,
    OPENVINO;

    /** The name in records, metrics and configuration: lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Domains of operators that it brings along, beyond those of ONNX and of ONNX Runtime. */
    Set<String> domains() {
        return this == TENSORRT ? Set.of("trt.plugins") : Set.of();
    }

    /**
     * Asks for this provider.
     *
     * @throws OrtException if the runtime was built without it or its libraries are absent: with ONNX Runtime this, not
     *     the list of available providers, is the proof
     */
    void addTo(SessionOptions options) throws OrtException {
        switch (this) {
            case CPU -> options.addCPU(/* useArena= */ true);
            case CUDA -> options.addCUDA(/* deviceNum= */ 0);
            case TENSORRT -> options.addTensorrt(/* deviceNum= */ 0);
            case OPENVINO -> options.addOpenVINO(/* deviceId= */ "CPU");
        }
    }
}
