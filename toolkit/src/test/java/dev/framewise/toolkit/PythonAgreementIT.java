package dev.framewise.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.fold.Rebatch;
import dev.framewise.toolkit.fold.Rewrites;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.python.CommandRunner;
import dev.framewise.toolkit.python.EnvironmentException;
import dev.framewise.toolkit.python.PythonEnvironment;
import dev.framewise.toolkit.python.PythonPackages;
import dev.framewise.toolkit.quantize.TestingQuantized;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.toolkit.trial.Values;
import dev.framewise.vision.asset.AssetCatalog;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What this toolkit writes, before ONNX's own checker and Python's ONNX Runtime, of the version the program has. Both come from PyPI into
 * an environment of this test's own; where there is no Python, or PyPI cannot be reached, it says so and is skipped.
 */
class PythonAgreementIT {
    private static final String SCRIPT = """
            import sys, numpy, onnx, onnxruntime
            for name in sys.argv[2:]:
                path = sys.argv[1] + "/" + name
                onnx.checker.check_model(path + ".onnx", full_check=True)
                session = onnxruntime.InferenceSession(path + ".onnx", providers=["CPUExecutionProvider"])
                given = session.get_inputs()[0]
                shape = [size if isinstance(size, int) else 1 for size in given.shape]
                picture = numpy.fromfile(path + ".input", dtype="<f4").reshape(shape)
                expected = numpy.fromfile(path + ".output", dtype="<f4")
                found = session.run(None, {given.name: picture})[0].ravel()
                print(name, float(numpy.abs(found - expected).max()), float(numpy.abs(expected).max()))
            """;

    /** Of the version the program has, and what they need. */
    private static final PythonPackages PACKAGES = PythonPackages.of(
            "agreement",
            "onnx==1.19.1",
            "onnxruntime==1.28.0",
            "numpy==2.2.6",
            "protobuf==6.33.0",
            "ml-dtypes==0.5.4",
            "typing-extensions==4.15.0",
            "flatbuffers==25.12.19",
            "packaging==25.0");

    @TempDir
    private Path folder;

    @Test
    void theCheckerTakesItAndPythonGivesTheSame() throws Exception {
        PythonEnvironment python = environment();
        Map<String, ModelProto> models = models();
        for (Map.Entry<String, ModelProto> model : models.entrySet()) {
            prepare(model.getKey(), model.getValue());
        }
        Path script = Files.writeString(folder.resolve("check.py"), SCRIPT);
        List<String> arguments = new ArrayList<>(List.of(script.toString(), folder.toString()));
        arguments.addAll(models.keySet());
        CommandRunner.Result done = python.run(folder, arguments.toArray(String[]::new));
        String said = done.output();
        assertThat(done.exitCode()).as(said).isZero();
        assertThat(said.lines().filter(line -> line.split(" ").length == 3))
                .as(said)
                .hasSize(models.size());
        said.lines().filter(line -> line.split(" ").length == 3).forEach(line -> {
            String[] words = line.split(" ");
            assertThat(Double.parseDouble(words[1]))
                    .as(line)
                    .isLessThanOrEqualTo(1e-4 * Math.max(1, Double.parseDouble(words[2])));
        });
    }

    private static Map<String, ModelProto> models() throws Exception {
        Map<String, ModelProto> models = new LinkedHashMap<>();
        Graph folded = Graph.of(ModelStore.read(AssetCatalog.standard().locate("yolox-nano-416")));
        Rewrites.fold(folded);
        models.put("folded", folded.toModel());
        Graph batched = Graph.of(ModelStore.read(AssetCatalog.standard().locate("fastestdet-352")));
        Rewrites.fold(batched);
        Rebatch.open(batched);
        models.put("batched", batched.toModel());
        Path published = AssetCatalog.standard().locate("yolox-nano-416");
        models.put("int8", TestingQuantized.int8(published));
        models.put("fp16", TestingQuantized.fp16(published));
        return models;
    }

    private void prepare(String name, ModelProto model) throws Exception {
        ModelStore.write(folder.resolve(name + ".onnx"), model);
        try (TrialSession session = TrialSession.open(name, model)) {
            String input = session.inputNames().iterator().next();
            long[] shape = session.inputShape(input);
            shape[0] = 1;
            float[] values = new float[Values.count(shape)];
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(0, 255);
            }
            session.give(input, values, shape);
            Files.write(folder.resolve(name + ".input"), bytes(values));
            Files.write(
                    folder.resolve(name + ".output"),
                    bytes(session.run().values().iterator().next().floats()));
        }
    }

    private static byte[] bytes(float[] values) {
        byte[] bytes = new byte[values.length * Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        return bytes;
    }

    /** A Python with both packages, made once for a checkout. */
    private static PythonEnvironment environment() throws Exception {
        try {
            return PythonEnvironment.of(
                    PACKAGES, Path.of("target", "python"), CommandRunner.processes(), System.err::println);
        } catch (EnvironmentException e) {
            System.err.println(
                    "PythonAgreementIT is skipped: no Python with onnx and onnxruntime here: " + e.getMessage());
            Assumptions.abort("no Python with onnx and onnxruntime: " + e.getMessage());
            throw e;
        }
    }
}
