package dev.framewise.vision.provider;

import dev.framewise.vision.asset.AssetLocations;
import dev.framewise.vision.asset.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where the engine of a model is kept. An engine is good for one model, one set of options, one range of batches, one kind of device
 * and one version of ONNX Runtime and TensorRT: all of them are in the name of its folder.
 */
final class EngineCache {
    /** The calibration table's copy in the folder of its engine, where alone ONNX Runtime looks for it. */
    static final String CALIBRATION = "calibration";

    /** Digits of the hash in a folder's name: enough for 2^64. */
    private static final int DIGITS = 16;

    private EngineCache() {}

    /** What an engine depends on, one a line. */
    static String description(
            TensorRtOptions options, NetworkInput input, String device, String runtimeVersion, String tensorRtVersion)
            throws IOException {
        TensorRtOptions anywhere = new TensorRtOptions(
                options.device(),
                options.fp16(),
                options.int8(),
                /* calibration= */ "",
                options.workspace(),
                options.dla(),
                /* cache= */ "",
                options.timingCache());
        return "model " + input.modelSha256()
                + "\noptions " + anywhere
                + (options.calibration().isEmpty()
                        ? ""
                        : "\ncalibration " + table(options).sha256())
                + "\nbatches " + input.profile(input.leastBatch()) + " to " + input.profile(input.maxBatch())
                + "\ndevice " + device
                + "\nONNX Runtime " + runtimeVersion
                + "\nTensorRT " + tensorRtVersion + "\n";
    }

    private static Fingerprint table(TensorRtOptions options) throws IOException {
        try {
            return Fingerprint.of(Path.of(options.calibration()));
        } catch (NoSuchFileException e) {
            throw new IOException("calibration table " + e.getMessage() + ": no such file on this machine", e);
        }
    }

    /** Puts the calibration table, if there is one, where ONNX Runtime looks for it. */
    static void bringCalibration(TensorRtOptions options, Path folder) throws IOException {
        if (!options.calibration().isEmpty()) {
            Path copied = Files.copy(
                    Path.of(options.calibration()),
                    Files.createTempFile(folder, CALIBRATION, ".part"),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.move(copied, folder.resolve(CALIBRATION), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The same of this machine. */
    static String description(TensorRtOptions options, NetworkInput input) throws IOException {
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
    static Path folder(TensorRtOptions options, NetworkInput input) throws IOException {
        return folder(options, description(options, input));
    }
}
