package dev.framewise.toolkit.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.framewise.toolkit.Progress;
import dev.framewise.toolkit.python.CommandRunner;
import dev.framewise.toolkit.python.PythonEnvironment;
import dev.framewise.toolkit.python.PythonPackages;
import dev.framewise.toolkit.quantize.Score;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * TensorFlow Lite in INT8: onnx2tf writes the float model, the LiteRT quantizer quantizes it, TensorFlow Lite runs it back. The
 * first layers of a network have the widest ranges and lose most; how many of them stay in float is tried from none on, and the first
 * that sees as the float model does is taken: see docs/decisions/0050.
 */
final class TfliteExport {
    /** onnx2tf names Python 3.12; it was tried with 3.11, and what it makes is run back. */
    static final PythonPackages PACKAGES = new PythonPackages(
            "tflite",
            List.of(
                    "onnx2tf==2.6.9",
                    "sne4onnx==2.0.1",
                    "sng4onnx==2.0.1",
                    "litert-quantizer==0.11.0",
                    "litert-lm-builder==0.18.1",
                    "ai-edge-litert==2.3.0",
                    "onnx==1.20.1",
                    "protobuf==6.33.0",
                    "flatbuffers==25.12.19",
                    "ml-dtypes==0.5.4",
                    "numpy==2.2.6",
                    "scipy==1.17.1",
                    "absl-py==2.5.1",
                    "immutabledict==4.3.1",
                    "psutil==5.9.5",
                    "tqdm==4.67.1",
                    "typing-extensions==4.15.0",
                    "backports-strenum==1.3.1"),
            /* anyPython= */ true);

    /** How many layers stay in float, tried in this order. */
    private static final List<Integer> KEEP = List.of(0, 1, 2, 4, 8, 12, 16, 24, 32);

    private final PythonEnvironment python;
    private final Progress progress;

    TfliteExport(PythonEnvironment python, Progress progress) {
        this.python = python;
        this.progress = progress;
    }

    /**
     * Converts and quantizes.
     *
     * @param calibration inputs that ranges are read off
     * @param search what candidates are judged by
     * @throws ModelException if a converter fails, with its words
     */
    Artifact convert(FixedModel model, Path folder, List<float[]> calibration, Search search)
            throws ModelException, IOException, InterruptedException {
        progress.stage("converting to TensorFlow Lite, ranges of " + calibration.size() + " pictures", 1);
        CommandRunner.Result done = python.run(
                folder,
                Script.copy("to_tflite.py", folder).toString(),
                request(model, folder, calibration).toString());
        if (done.exitCode() != 0) {
            throw new ModelException(model.parent() + ": no TensorFlow Lite model can be made of it: " + done.tail()
                    + ". Replace what it names before the export, or take another target");
        }
        progress.stage("looking how many layers must stay in float", 1);
        Path best = null;
        double most = -1;
        int kept = 0;
        for (int keep : KEEP) {
            Path candidate = folder.resolve("keep-" + keep + ".tflite");
            Agreement agreement = search.of(new TfliteRunBack(candidate, model));
            Score score = agreement.sight().orElseThrow().after();
            progress.tell(String.format(
                    Locale.ROOT,
                    "%d layers in float: agreement %.4f, drift %.4f",
                    keep,
                    score.agreement(),
                    score.drift()));
            if (score.agreement() > most) {
                most = score.agreement();
                best = candidate;
                kept = keep;
            }
            if (search.isGoodEnough(agreement)) {
                break;
            }
        }
        return new Artifact(
                Map.of(ExportTarget.TFLITE.ending(), best),
                new TfliteRunBack(best, model),
                "int8",
                "onnx2tf 2.6.9, litert-quantizer 0.11.0",
                "TensorFlow Lite 2.21.0",
                List.of(
                        "The first " + kept
                                + " layers and what follows the last ones stay in float; all else is INT8, weights by"
                                + " channel.",
                        "Input of [1, " + model.height() + ", " + model.width() + ", 3]: the planes come last."));
    }

    private static Path request(FixedModel model, Path folder, List<float[]> calibration) throws IOException {
        Path inputs = folder.resolve("calibration.bin");
        FloatFile.write(inputs, calibration);
        ObjectNode ask = new ObjectMapper().createObjectNode();
        ask.put("onnx", model.file().toString()).put("folder", folder.toString());
        ask.put("calibration", inputs.toString());
        ArrayNode shape = ask.putArray("shape");
        for (long size : model.shape()) {
            shape.add(size);
        }
        ArrayNode keep = ask.putArray("keep");
        KEEP.forEach(keep::add);
        return Files.writeString(folder.resolve("request.json"), ask.toString());
    }
}
