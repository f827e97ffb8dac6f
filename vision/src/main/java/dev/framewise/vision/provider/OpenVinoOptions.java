package dev.framewise.vision.provider;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Intel's CPUs, GPUs and NPUs through OpenVINO. ONNX Runtime's Java interface passes one word to this provider, the device; a precision
 * is told by its older spelling, such as {@code GPU_FP16}, which ONNX Runtime reads for the devices below.
 *
 * @param device CPU, GPU, GPU.0, GPU.1, NPU, AUTO
 * @param precision fp32 or fp16 of one CPU or GPU; empty for the device's own. A CPU takes fp32 only, which makes results comparable
 */
public record OpenVinoOptions(String device, String precision) implements ProviderOptions {
    private static final Pattern DEVICE = Pattern.compile("(CPU|GPU|NPU)(\\.\\d+)?|AUTO");

    private static final List<String> WITH_PRECISION =
            List.of("CPU_FP32", "GPU_FP32", "GPU_FP16", "GPU.0_FP32", "GPU.0_FP16", "GPU.1_FP32", "GPU.1_FP16");

    /** The CPU in its own precision; below what its constructor reads. */
    public static final OpenVinoOptions DEFAULTS = new OpenVinoOptions("CPU", "");

    public OpenVinoOptions {
        OptionProblems problems = new OptionProblems(ExecutionProvider.OPENVINO);
        device = device.strip().toUpperCase(Locale.ROOT);
        precision = precision.strip().toLowerCase(Locale.ROOT);
        problems.require(
                DEVICE.matcher(device).matches(), "device is '" + device + "'; allowed: CPU, GPU, GPU.0, NPU, AUTO");
        problems.require(
                precision.isEmpty() || WITH_PRECISION.contains(word(device, precision)),
                "precision is " + precision + " on device " + device + "; allowed together: " + WITH_PRECISION);
        problems.throwIfAny();
    }

    static OpenVinoOptions read(OptionReader options) {
        return new OpenVinoOptions(
                options.text("device", DEFAULTS.device), options.text("precision", DEFAULTS.precision));
    }

    private static String word(String device, String precision) {
        return precision.isEmpty() ? device : device + "_" + precision.toUpperCase(Locale.ROOT);
    }

    @Override
    public ExecutionProvider provider() {
        return ExecutionProvider.OPENVINO;
    }

    @Override
    public Map<String, String> entries() {
        return new OptionWriter()
                .put("device", device, DEFAULTS.device)
                .put("precision", precision, DEFAULTS.precision)
                .entries();
    }

    @Override
    public Optional<String> computesIn() {
        return precision.isEmpty() ? Optional.empty() : Optional.of(precision);
    }

    @Override
    public void addTo(SessionOptions session, NetworkInput input) throws OrtException {
        session.addOpenVINO(word(device, precision));
    }

    @Override
    public String toString() {
        return ProviderOptions.format(this);
    }
}
