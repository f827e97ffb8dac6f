package dev.framewise.vision.provider;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.util.Map;

/**
 * An NVIDIA GPU through CUDA and cuDNN.
 *
 * @param device index of the GPU, from 0
 * @param memory most bytes of GPU memory that the session takes; 0 for no limit
 */
public record CudaOptions(int device, long memory) implements ProviderOptions {
    /** The first GPU, without limit. */
    public static final CudaOptions DEFAULTS = new CudaOptions(/* device= */ 0, /* memory= */ 0);

    public CudaOptions {
        OptionProblems problems = new OptionProblems(ExecutionProvider.CUDA);
        problems.range("device", device, 0, TensorRtOptions.MAX_DEVICE);
        problems.range("memory", memory, 0, Long.MAX_VALUE);
        problems.throwIfAny();
    }

    static CudaOptions read(OptionReader options) {
        return new CudaOptions(options.integer("device", DEFAULTS.device), options.bytes("memory", DEFAULTS.memory));
    }

    @Override
    public ExecutionProvider provider() {
        return ExecutionProvider.CUDA;
    }

    @Override
    public Map<String, String> entries() {
        return new OptionWriter()
                .put("device", device, DEFAULTS.device)
                .put("memory", memory, DEFAULTS.memory)
                .entries();
    }

    @Override
    public void addTo(SessionOptions session, NetworkInput input) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device)) {
            if (memory > 0) {
                cuda.add("gpu_mem_limit", Long.toString(memory));
            }
            session.addCUDA(cuda);
        }
    }

    @Override
    public String toString() {
        return ProviderOptions.format(this);
    }
}
