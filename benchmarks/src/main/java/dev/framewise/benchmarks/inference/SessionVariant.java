package dev.framewise.benchmarks.inference;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.Locale;

/** Settings of ONNX Runtime's sessions that could matter on a CPU, each alone against what a session does by itself. */
enum SessionVariant implements SessionSetting {
    /** The same once more: what differs here is noise. */
    SAME,
    /** Numbers too small for full precision become 0. */
    DENORMAL_AS_ZERO,
    /** Memory of a run is not planned from the one before. */
    NO_MEMORY_PATTERN,
    /** Memory is not kept between runs. */
    NO_ARENA,
    /** Weights stay in the order of the file. */
    NO_PREPACKING,
    /** No layouts made for this CPU. */
    EXTENDED_OPTIMIZATION,
    /** Nodes are not fused beyond what always holds. */
    BASIC_OPTIMIZATION,
    /** Matrices in bfloat16 on ARM processors that have it; nothing elsewhere. */
    ARM_BFLOAT16;

    @Override
    public void apply(SessionOptions options) throws OrtException {
        switch (this) {
            case SAME -> {}
            case DENORMAL_AS_ZERO -> options.addConfigEntry("session.set_denormal_as_zero", "1");
            case NO_MEMORY_PATTERN -> options.setMemoryPatternOptimization(false);
            case NO_ARENA -> options.setCPUArenaAllocator(false);
            case NO_PREPACKING -> options.addConfigEntry("session.disable_prepacking", "1");
            case EXTENDED_OPTIMIZATION -> options.setOptimizationLevel(SessionOptions.OptLevel.EXTENDED_OPT);
            case BASIC_OPTIMIZATION -> options.setOptimizationLevel(SessionOptions.OptLevel.BASIC_OPT);
            case ARM_BFLOAT16 -> options.addConfigEntry("mlas.enable_gemm_fastmath_arm64_bfloat16", "1");
        }
    }

    @Override
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
