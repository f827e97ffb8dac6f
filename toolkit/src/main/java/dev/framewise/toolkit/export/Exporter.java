package dev.framewise.toolkit.export;

import dev.framewise.toolkit.Progress;
import dev.framewise.toolkit.picture.Split;
import dev.framewise.toolkit.python.CommandRunner;
import dev.framewise.toolkit.python.PythonEnvironment;
import dev.framewise.toolkit.python.PythonPackages;
import dev.framewise.toolkit.python.WorkFolder;
import dev.framewise.toolkit.quantize.FinalTest;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.LongSupplier;

/**
 * Exports a model: fixes its input, converts it, runs the result back on inputs that nothing before has seen, and judges it. One
 * thread. Nothing is left on disk but private Python environments, in the folder given for them.
 */
public final class Exporter {
    private static final int SEARCH = 24;
    private static final int TEST = 60;
    private static final int MADE_UP = 4;

    private final CommandRunner runner;
    private final Path environments;
    private final Progress progress;
    private final LongSupplier nanoTime;

    /**
     * What exports use.
     *
     * @param runner runs converters
     * @param environments folder of private Python environments
     * @param nanoTime for the report
     */
    public Exporter(CommandRunner runner, Path environments, Progress progress, LongSupplier nanoTime) {
        this.runner = runner;
        this.environments = environments;
        this.progress = progress;
        this.nanoTime = nanoTime;
    }

    /**
     * Exports.
     *
     * @throws ModelException if the model cannot be exported so; one that comes out too bad is an outcome
     * @throws dev.framewise.toolkit.python.EnvironmentException if this machine lacks what that takes
     * @throws IOException if pictures cannot be read
     */
    public ExportOutcome export(ExportRequest asked) throws ModelException, IOException, InterruptedException {
        long start = nanoTime.getAsLong();
        try (WorkFolder work = WorkFolder.create("framewise-export")) {
            Path folder = work.path().toRealPath();
            FixedModel model = FixedModel.of(asked.model(), asked.width(), asked.height(), folder);
            int count = asked.pictures().map(supply -> supply.count()).orElse(0);
            Split split = Split.of(count, asked.calibration(), SEARCH, TEST);
            Artifact made = convert(asked, model, folder, split);
            progress.stage("running it back", 1);
            try (SideBySide test = beside(asked, model, split.test(), /* labelled= */ true)) {
                Agreement agreement = test.compare(made.runBack());
                Map<String, byte[]> files = new LinkedHashMap<>();
                for (Map.Entry<String, Path> file : made.files().entrySet()) {
                    files.put(file.getKey(), Files.readAllBytes(file.getValue()));
                }
                return new ExportOutcome(
                        asked,
                        files,
                        Files.size(asked.model()),
                        made.precision(),
                        made.madeBy(),
                        made.ranBy(),
                        agreement,
                        resized(asked, model, split.test()),
                        split.overlapping() && asked.target().needsPictures(),
                        ExportVerdict.reasons(asked, agreement),
                        made.notes(),
                        (nanoTime.getAsLong() - start) / 1e9);
            }
        }
    }

    private Artifact convert(ExportRequest asked, FixedModel model, Path folder, Split split)
            throws ModelException, IOException, InterruptedException {
        return switch (asked.target()) {
            case ONNX ->
                new Artifact(
                        Map.of(ExportTarget.ONNX.ending(), model.file()),
                        new OrtRunBack(model.model(), model.shape()),
                        "fp32",
                        "the toolkit",
                        "ONNX Runtime without its rewriting",
                        List.of("One picture of " + model.width() + "x" + model.height() + " at a time."));
            case TENSORRT -> TensorRtExport.convert(model, folder, asked.out());
            case NCNN -> ncnn(asked, model, folder, split);
            case TFLITE -> tflite(asked, model, folder, split);
        };
    }

    private Artifact ncnn(ExportRequest asked, FixedModel model, Path folder, Split split)
            throws ModelException, IOException, InterruptedException {
        PythonEnvironment python = python(NcnnExport.PACKAGES);
        try (SideBySide search = beside(asked, model, split.search(), /* labelled= */ false)) {
            return new NcnnExport(python, runner, progress).convert(model, folder, new Search(asked, search));
        }
    }

    private Artifact tflite(ExportRequest asked, FixedModel model, Path folder, Split split)
            throws ModelException, IOException, InterruptedException {
        List<float[]> calibration;
        try (SideBySide pictures = beside(asked, model, split.calibration(), /* labelled= */ false)) {
            calibration = List.copyOf(pictures.inputs());
        }
        PythonEnvironment python = python(TfliteExport.PACKAGES);
        try (SideBySide search = beside(asked, model, split.search(), /* labelled= */ false)) {
            return new TfliteExport(python, progress).convert(model, folder, calibration, new Search(asked, search));
        }
    }

    private PythonEnvironment python(PythonPackages packages) throws IOException, InterruptedException {
        return PythonEnvironment.of(packages, environments, runner, progress::tell);
    }

    private static SideBySide beside(
            ExportRequest asked, FixedModel model, SortedSet<Integer> numbers, boolean labelled)
            throws ModelException, IOException {
        return asked.pictures().isEmpty()
                ? SideBySide.seeded(model, MADE_UP)
                : SideBySide.of(
                        model,
                        asked.detection(),
                        asked.pictures().get(),
                        numbers,
                        labelled ? asked.labels() : Optional.empty());
    }

    /** Another size is another model: what that alone costs is told apart from what the format costs. */
    private static Optional<FinalTest.Outcome> resized(ExportRequest asked, FixedModel model, SortedSet<Integer> test)
            throws ModelException, IOException {
        if (asked.pictures().isEmpty() || !model.isResized()) {
            return Optional.empty();
        }
        return Optional.of(FinalTest.run(
                asked.model(), model.file(), asked.detection(), asked.pictures().get(), test, asked.labels()));
    }
}
