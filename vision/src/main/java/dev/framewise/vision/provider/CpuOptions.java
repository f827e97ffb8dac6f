package dev.framewise.vision.provider;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.Map;

/** The CPU, which every ONNX Runtime has. It has no options; threads are the detector's. */
public record CpuOptions() implements ProviderOptions {
    @Override
    public ExecutionProvider provider() {
        return ExecutionProvider.CPU;
    }

    @Override
    public Map<String, String> entries() {
        return Map.of();
    }

    @Override
    public void addTo(SessionOptions session, NetworkInput input) throws OrtException {
        session.addCPU(/* useArena= */ true);
    }

    @Override
    public String toString() {
        return ProviderOptions.format(this);
    }
}
