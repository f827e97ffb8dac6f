package dev.framewise.vision.provider;

import dev.framewise.vision.asset.AssetLocations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where the engine of a model is kept. An engine is good for one model, one set of options, one range of batches, one kind of device
 * and one version of ONNX Runtime and TensorRT: all of them are in the name of its folder.
 */
final class EngineCache {
    /** Digits of the hash in a folder's name: enough for 2^64. */
    private static final int DIGITS = 16;

    private EngineCache() {}

    /** What an engine depends on, one a line. */
    static String description(
            TensorRtOptions options, NetworkInput input, String device, String runtimeVersion, String tensorRtVersion) {
        TensorRtOptions anywhere = new TensorRtOptions(
                options.device(),
                options.fp16(),
                options.int8(),
                options.calibration(),
                options.workspace(),
                options.dla(),
                /* cache= */ "",
                options.timingCache());
        return "model " + input.modelSha256()
                + "\noptions " + anywhere
                + "\nbatches " + input.profile(input.leastBatch()) + " to " + input.profile(input.maxBatch())
                + "\ndevice " + device
                + "\nONNX Runtime " + runtimeVersion
                + "\nTensorRT " + tensorRtVersion + "\n";
    }

    /** The same of this machine. */
    static String description(TensorRtOptions options, NetworkInput input) {
        NvidiaSystem system = NvidiaSystem.ofProcess(System.getenv());
        return description(
                options,
                input,
                system.device(options.device()),
                NativeRuntime.jarVersion().orElse("unknown"),
                system.tensorRt());
    }

    /** The folder of what is described so. */
    static Path folder(TensorRtOptions options, String description) {
        Path base = options.cache().isEmpty()
                ? AssetLocations.ofProcess().cacheDirectory().resolve("engines")
                : Path.of(options.cache()).toAbsolutePath();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(description.getBytes(StandardCharsets.UTF_8));
            return base.resolve(HexFormat.of().formatHex(hash).substring(0, DIGITS));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The folder on this machine. */
    static Path folder(TensorRtOptions options, NetworkInput input) {
        return folder(options, description(options, input));
    }
}
