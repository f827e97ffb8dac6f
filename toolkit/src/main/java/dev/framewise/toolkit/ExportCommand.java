package dev.framewise.toolkit;

import dev.framewise.toolkit.export.ExportFiles;
import dev.framewise.toolkit.export.ExportOutcome;
import dev.framewise.toolkit.export.ExportReport;
import dev.framewise.toolkit.export.ExportRequest;
import dev.framewise.toolkit.export.ExportTarget;
import dev.framewise.toolkit.export.Exporter;
import dev.framewise.toolkit.graph.WholeFile;
import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.toolkit.python.CommandRunner;
import dev.framewise.toolkit.python.PythonEnvironment;
import dev.framewise.toolkit.quantize.Labels;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewise model export}: a model for a board, in the format of its runtime. */
@Command(
        name = "export",
        description = {
            "Exports a model to what a board runs: onnx (320x320, one picture), tensorrt (640x640, FP16, workspace of 2 GB),",
            "tflite (320x320, INT8) or ncnn (320x320, weights in FP16). What was made is run by its own runtime and compared with the",
            "float model in ONNX Runtime; with exit code 1 it says why it is refused. Converters that exist in Python only are",
            "installed into an environment of the toolkit's own, in its cache."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "Name in the asset catalog, or an ONNX file")
    private String model;

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            required = true,
            description = "What it is for: ${COMPLETION-CANDIDATES}")
    private ExportTarget target;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Size of the pictures, such as 416x320 (default: the target's)")
    private String size;

    @Mixin
    private OutputOptions output;

    /** None of them is needed, but for ranges; some belong together. */
    @ArgGroup(exclusive = false)
    private PictureOptions pictures;

    @Option(
            names = "--calibrate",
            paramLabel = "N",
            defaultValue = "32",
            description = "Pictures to read ranges off, for tflite (default: 32)")
    private int calibrate;

    @Override
    public Integer call() throws ModelException, IOException, InterruptedException {
        PictureSize pixels = size == null
                ? new PictureSize(target.side(), target.side())
                : PictureSize.parse(spec.commandLine(), "--size", size);
        if (pictures == null) {
            return finish(export(pixels, Optional.empty(), Optional.empty(), DetectorOptions.defaults()));
        }
        try (PictureOptions from = pictures) {
            PictureSupply supply = from.supply();
            return finish(export(pixels, Optional.of(supply), from.labels(supply.count()), from.detection()));
        }
    }

    private ExportOutcome export(
            PictureSize pixels, Optional<PictureSupply> supply, Optional<Labels> labels, DetectorOptions detection)
            throws ModelException, IOException, InterruptedException {
        ExportRequest asked;
        try {
            asked = new ExportRequest(
                    target,
                    NamedModel.find(model),
                    output.out,
                    pixels.width(),
                    pixels.height(),
                    detection,
                    supply,
                    labels,
                    calibrate,
                    output.budget);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return new Exporter(
                        CommandRunner.processes(),
                        PythonEnvironment.standardFolder(),
                        new Progress(spec.commandLine().getErr()),
                        System::nanoTime)
                .export(asked);
    }

    private int finish(ExportOutcome outcome) throws IOException {
        PrintWriter text = spec.commandLine().getOut();
        ExportFiles.writeReport(output.out, outcome);
        if (output.json != null) {
            WholeFile.write(output.json, ExportReport.json(outcome));
        }
        text.print(ExportReport.text(outcome));
        boolean written = outcome.isAccepted() || output.force;
        if (written) {
            ExportFiles.writeModel(output.out, outcome);
            text.println("Written to " + output.out + (outcome.isAccepted() ? "" : ", refused as its report says"));
        } else {
            text.println("Nothing is written but the report, " + ExportFiles.report(output.out, ".md")
                    + ". Allow more with --budget, or write it all the same with --force.");
        }
        text.flush();
        return written ? 0 : 1;
    }
}
