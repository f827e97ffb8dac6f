package dev.framewise.toolkit.export;

import dev.framewise.toolkit.Progress;
import dev.framewise.toolkit.python.CommandRunner;
import dev.framewise.toolkit.python.PythonEnvironment;
import dev.framewise.toolkit.python.PythonPackages;
import dev.framewise.toolkit.trial.Values;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * NCNN, by its own converter, pnnx, and run back by NCNN itself. Weights are kept in FP16, as pnnx does unless told otherwise, where
 * that sees as the float model does; else in FP32.
 */
final class NcnnExport {
    /** pnnx says that it needs PyTorch; for ONNX it does not. */
    static final PythonPackages PACKAGES =
            PythonPackages.of("ncnn", "pnnx==20261020", "ncnn==1.0.20261020", "numpy==2.2.6");

    private final PythonEnvironment python;
    private final CommandRunner runner;
    private final Progress progress;

    NcnnExport(PythonEnvironment python, CommandRunner runner, Progress progress) {
        this.python = python;
        this.runner = runner;
        this.progress = progress;
    }

    /**
     * Converts.
     *
     * @param search by what weights in FP16 are judged
     * @throws ModelException if pnnx fails, with its words, or NCNN does not run what it makes
     */
    Artifact convert(FixedModel model, Path folder, Search search)
            throws ModelException, IOException, InterruptedException {
        progress.stage("converting to NCNN", 1);
        Artifact halves = convert(model, folder, /* halves= */ true);
        Agreement agreement = search.of(halves.runBack());
        if (search.isGoodEnough(agreement)) {
            return halves;
        }
        progress.tell("weights in FP16 lose too much: " + String.join("; ", search.reasons(agreement)));
        return convert(model, folder, /* halves= */ false);
    }

    private Artifact convert(FixedModel model, Path folder, boolean halves)
            throws ModelException, IOException, InterruptedException {
        String precision = halves ? "fp16" : "fp32";
        Path param = folder.resolve(precision + ".param");
        Path bin = folder.resolve(precision + ".bin");
        CommandRunner.Result done = runner.run(
                List.of(
                        python.file("pnnx/pnnx").toString(),
                        model.file().toString(),
                        "inputshape=[1,3," + model.height() + "," + model.width() + "]",
                        "fp16=" + (halves ? 1 : 0),
                        "ncnnparam=" + param,
                        "ncnnbin=" + bin),
                folder);
        if (done.exitCode() != 0 || !Files.isRegularFile(param) || !Files.isRegularFile(bin)) {
            throw new ModelException(model.parent() + ": pnnx makes no NCNN network of it: " + done.tail()
                    + ". Replace what it names before the export, or take another target");
        }
        Map<String, Path> files = new LinkedHashMap<>();
        files.put(ExportTarget.NCNN.ending(), param);
        files.put(".bin", bin);
        return new Artifact(
                files,
                inputs -> run(model, folder, param, bin, inputs),
                precision,
                "pnnx 20261020",
                "ncnn 1.0.20261020",
                List.of("Input in0 of [3, " + model.height() + ", " + model.width()
                        + "]; outputs out0, out1, ... in the order of " + model.outputNames()
                        + ", without the batch; weights in " + precision.toUpperCase(Locale.ROOT) + "."));
    }

    private List<List<float[]>> run(FixedModel model, Path folder, Path param, Path bin, List<float[]> inputs)
            throws ModelException, IOException, InterruptedException {
        Path script = Script.copy("run_ncnn.py", folder);
        Path given = folder.resolve("inputs.bin");
        Path made = folder.resolve("outputs.bin");
        FloatFile.write(given, inputs);
        int[] sizes = model.outputShapes().stream().mapToInt(Values::count).toArray();
        CommandRunner.Result done = python.run(
                folder,
                script.toString(),
                param.toString(),
                bin.toString(),
                given.toString(),
                made.toString(),
                Integer.toString(model.height()),
                Integer.toString(model.width()),
                Integer.toString(sizes.length));
        if (done.exitCode() != 0) {
            throw new ModelException(model.parent() + ": NCNN does not run what pnnx made of it: " + done.tail()
                    + ". Nothing is written; replace the operators it names before the export, or take another target");
        }
        return split(model, FloatFile.read(made), sizes, inputs.size());
    }

    private static List<List<float[]>> split(FixedModel model, float[] values, int[] sizes, int count)
            throws ModelException {
        int each = Arrays.stream(sizes).sum();
        if (values.length != each * count) {
            throw new ModelException(model.parent() + ": in NCNN it gives " + values.length / Math.max(1, count)
                    + " values for a picture; in ONNX Runtime "
                    + model.outputShapes().stream().map(Arrays::toString).collect(Collectors.joining(", ")));
        }
        List<List<float[]>> found = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < count; i++) {
            List<float[]> outputs = new ArrayList<>();
            for (int size : sizes) {
                outputs.add(Arrays.copyOfRange(values, at, at + size));
                at += size;
            }
            found.add(outputs);
        }
        return found;
    }
}
