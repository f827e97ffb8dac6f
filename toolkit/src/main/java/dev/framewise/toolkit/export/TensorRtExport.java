package dev.framewise.toolkit.export;

import dev.framewise.toolkit.python.EnvironmentException;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.toolkit.trial.Values;
import dev.framewise.vision.asset.Fingerprint;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.provider.NetworkInput;
import dev.framewise.vision.provider.ProviderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * TensorRT in FP16 with a workspace of 2 GB, through ONNX Runtime's provider. An engine is good for the very kind of GPU it was built
 * on, so that it can be built on the board only.
 */
final class TensorRtExport {
    private static final int WORKSPACE_MIB = 2048;

    private TensorRtExport() {}

    /** What the provider is asked for; engines go into that folder. */
    static ProviderOptions provider(Path engines) {
        return ProviderOptions.parse("tensorrt:fp16=true,workspace=2GB,timing_cache=false,cache=" + engines);
    }

    /**
     * Builds the engine.
     *
     * @param out where it is to go, for the message
     * @throws EnvironmentException if this machine has no TensorRT; the message has the commands for one that has
     * @throws ModelException if TensorRT leaves parts of the model to others
     */
    static Artifact convert(FixedModel model, Path folder, Path out) throws ModelException, IOException {
        Path engines = folder.resolve("engines");
        ProviderOptions provider = provider(engines);
        NetworkInput input = new NetworkInput(
                Fingerprint.of(model.file()).sha256(),
                model.model().getGraph().getInput(0).getName(),
                model.height(),
                model.width(),
                /* leastBatch= */ 1,
                /* maxBatch= */ 1);
        Files.createDirectories(engines);
        RunBack runBack = inputs -> run(model, provider, input, inputs);
        try {
            run(model, provider, input, List.of(new float[model.inputValues()]));
        } catch (ModelException e) {
            throw new EnvironmentException(commands(model, out, e.getMessage()), e);
        }
        List<Path> built;
        try (Stream<Path> files = Files.walk(engines)) {
            built = files.filter(file -> file.toString().endsWith(".engine")).toList();
        }
        if (built.size() != 1) {
            throw new ModelException(model.parent() + ": TensorRT made " + built.size()
                    + " engines of it and left the rest to others, so that no engine is the model. Run it by ONNX Runtime, with"
                    + " --providers tensorrt:fp16=true,workspace=2GB, which joins them");
        }
        return new Artifact(
                Map.of(ExportTarget.TENSORRT.ending(), built.get(0)),
                runBack,
                "fp16",
                "ONNX Runtime's TensorRT provider",
                "the same",
                List.of("Good for this kind of GPU and this version of TensorRT only."));
    }

    private static List<List<float[]>> run(
            FixedModel model, ProviderOptions provider, NetworkInput input, List<float[]> inputs)
            throws ModelException {
        List<List<float[]>> found = new ArrayList<>();
        try (TrialSession session = TrialSession.open(model.file(), provider, input)) {
            for (float[] values : inputs) {
                session.give(input.name(), values, model.shape());
                found.add(session.run().values().stream().map(Values::floats).toList());
            }
        }
        return found;
    }

    /** Why not here, and how elsewhere. */
    static String commands(FixedModel model, Path out, String reason) {
        Path onnx = ExportTarget.beside(out, ExportTarget.TENSORRT.ending(), ExportTarget.ONNX.ending());
        return "TensorRT cannot be had here: " + reason
                + ". Nothing was written. On the board itself, with NVIDIA's trtexec:\n"
                + "  framewise model export " + model.parent() + " --target onnx --size " + model.width() + "x"
                + model.height() + " --out " + onnx + "\n"
                + "  trtexec --onnx=" + onnx + " --saveEngine=" + out + " --fp16 --memPoolSize=workspace:"
                + WORKSPACE_MIB + "\n"
                + "or install an ONNX Runtime built with TensorRT (docs/execution-providers.md) and run this again";
    }
}
