package dev.framewise.vision.provider;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An NVIDIA GPU, or a Jetson's DLA, through TensorRT. What TensorRT does not take runs on CUDA. Engines are built when a model is
 * opened, for all batches at once, and kept: {@link EngineBuilds}.
 *
 * @param device index of the GPU, from 0
 * @param fp16 whether it may compute in half precision
 * @param int8 whether it may compute in 8 bits; a model that is not quantized needs a calibration then
 * @param calibration file of a calibration table; empty for a model that is quantized itself
 * @param workspace most bytes that a layer may take for itself while an engine is built; 0 for TensorRT's own limit
 * @param dla core of the deep learning accelerator, 0 or 1; -1 for the GPU
 * @param cache folder of engines; empty for {@code engines} in the asset cache
 * @param timingCache whether measurements of single layers are kept, too, which makes the next model's engine quicker to build
 */
public record TensorRtOptions(
        int device,
        boolean fp16,
        boolean int8,
        String calibration,
        long workspace,
        int dla,
        String cache,
        boolean timingCache)
        implements ProviderOptions {
    static final int MAX_DEVICE = 63;
    static final int NO_DLA = -1;

    private static final int MAX_DLA = 1;

    /** The first GPU in the model's precision; both caches. */
    public static final TensorRtOptions DEFAULTS = new TensorRtOptions(
            /* device= */ 0,
            /* fp16= */ false,
            /* int8= */ false,
            /* calibration= */ "",
            /* workspace= */ 0,
            NO_DLA,
            /* cache= */ "",
            /* timingCache= */ true);

    public TensorRtOptions {
        OptionProblems problems = new OptionProblems(ExecutionProvider.TENSORRT);
        problems.range("device", device, 0, MAX_DEVICE);
        problems.range("workspace", workspace, 0, Long.MAX_VALUE);
        problems.range("dla", dla, NO_DLA, MAX_DLA);
        problems.require(
                calibration.isEmpty() || int8,
                "calibration is " + calibration + " without int8=true, which alone uses it");
        problems.require(
                dla == NO_DLA || fp16 || int8,
                "dla is " + dla + " without fp16=true or int8=true; a DLA has no floats");
        problems.throwIfAny();
    }

    static TensorRtOptions read(OptionReader options) {
        return new TensorRtOptions(
                options.integer("device", DEFAULTS.device),
                options.flag("fp16", DEFAULTS.fp16),
                options.flag("int8", DEFAULTS.int8),
                options.text("calibration", DEFAULTS.calibration),
                options.bytes("workspace", DEFAULTS.workspace),
                options.integer("dla", DEFAULTS.dla),
                options.text("cache", DEFAULTS.cache),
                options.flag("timing_cache", DEFAULTS.timingCache));
    }

    @Override
    public ExecutionProvider provider() {
        return ExecutionProvider.TENSORRT;
    }

    @Override
    public Map<String, String> entries() {
        return new OptionWriter()
                .put("device", device, DEFAULTS.device)
                .put("fp16", fp16, DEFAULTS.fp16)
                .put("int8", int8, DEFAULTS.int8)
                .put("calibration", calibration, DEFAULTS.calibration)
                .put("workspace", workspace, DEFAULTS.workspace)
                .put("dla", dla, DEFAULTS.dla)
                .put("cache", cache, DEFAULTS.cache)
                .put("timing_cache", timingCache, DEFAULTS.timingCache)
                .entries();
    }

    @Override
    public Optional<String> computesIn() {
        return int8 ? Optional.of("int8") : fp16 ? Optional.of("fp16") : Optional.empty();
    }

    /** TensorRT's plug-ins, such as EfficientNMS_TRT. */
    @Override
    public Set<String> domains() {
        return Set.of("trt.plugins");
    }

    @Override
    public void addTo(SessionOptions session, NetworkInput input) throws OrtException, IOException {
        try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions(device)) {
            for (Map.Entry<String, String> entry : runtimeEntries(input).entrySet()) {
                tensorRt.add(entry.getKey(), entry.getValue());
            }
            session.addTensorrt(tensorRt);
        }
        new CudaOptions(device, /* memory= */ 0).addTo(session, input);
    }

    /** The same in ONNX Runtime's words, but for the device. */
    Map<String, String> runtimeEntries(NetworkInput input) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        String folder = EngineCache.folder(this, input).toString();
        entries.put("trt_fp16_enable", number(fp16));
        entries.put("trt_int8_enable", number(int8));
        if (!calibration.isEmpty()) {
            entries.put("trt_int8_calibration_table_name", EngineCache.CALIBRATION);
        }
        if (workspace > 0) {
            entries.put("trt_max_workspace_size", Long.toString(workspace));
        }
        if (dla != NO_DLA) {
            entries.put("trt_dla_enable", "1");
            entries.put("trt_dla_core", Integer.toString(dla));
        }
        entries.put("trt_engine_cache_enable", "1");
        entries.put("trt_engine_cache_path", folder);
        entries.put("trt_timing_cache_enable", number(timingCache));
        if (timingCache) {
            entries.put("trt_timing_cache_path", folder);
        }
        // Without a profile every batch that is larger than those before would build the engine anew, under traffic.
        entries.put("trt_profile_min_shapes", input.profile(input.leastBatch()));
        entries.put("trt_profile_opt_shapes", input.profile(input.maxBatch()));
        entries.put("trt_profile_max_shapes", input.profile(input.maxBatch()));
        return entries;
    }

    private static String number(boolean flag) {
        return flag ? "1" : "0";
    }

    @Override
    public String toString() {
        return ProviderOptions.format(this);
    }
}
