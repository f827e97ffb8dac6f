package dev.framewise.local.eval;

import dev.framewise.local.CadenceOptions;
import dev.framewise.local.Clip;
import dev.framewise.local.ExitCode;
import dev.framewise.local.NamedFile;
import dev.framewise.local.TrackerOptions;
import dev.framewise.local.report.Figures;
import dev.framewise.local.report.TextTable;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.eval.MotFormat;
import dev.framewise.vision.eval.MotRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code framewise eval}: detects, tracks and scores a clip. */
@Command(
        name = "eval",
        description = "From pixels to scores: detects and tracks a clip, and scores it where there are annotations.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class EvalCommand implements Callable<Integer> {
    /** What stands between the pixels and the tracks. */
    enum Through {
        /** Nothing: plain Java, raw frames. */
        DIRECT,
        /** Gateway, JPEG, Kafka and Flink, all inside this process. */
        KAFKA
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--clip",
            paramLabel = "CLIP",
            required = true,
            description = "Name in the asset catalog, or a file")
    private String clipName;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "yolox-nano-416",
            description = "Name in the asset catalog, or an ONNX file. Default: ${DEFAULT-VALUE}")
    private String modelName;

    @Mixin
    private CadenceOptions cadence;

    @Option(
            names = "--gt",
            paramLabel = "DIR",
            description =
                    "Annotations: gt.txt, or a folder with gt.txt or gt/gt.txt. Default: the catalog's for the clip")
    private Path gt;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder for the MOT files")
    private Path out;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there")
    private Path json;

    @Option(
            names = "--classes",
            split = ",",
            defaultValue = "0",
            paramLabel = "INDEX",
            description = "Class indices of the model. Default: ${DEFAULT-VALUE}, a person")
    private List<Integer> classes;

    @Option(
            names = "--jpeg-quality",
            paramLabel = "Q",
            description = "Encode each frame and decode it again, 1 to 100. Default: raw frames; through Kafka, 90")
    private Integer jpegQuality;

    @Option(
            names = "--through",
            defaultValue = "DIRECT",
            description =
                    "${COMPLETION-CANDIDATES}: kafka runs the real gateway, broker and job. Default: ${DEFAULT-VALUE}")
    private Through through;

    @Mixin
    private TrackerOptions tracker;

    @Override
    public Integer call() throws Exception {
        if (jpegQuality != null && (jpegQuality < 1 || jpegQuality > 100)) {
            throw new ParameterException(
                    spec.commandLine(), "--jpeg-quality is " + jpegQuality + "; allowed: 1 to 100");
        }
        AssetCatalog catalog = AssetCatalog.standard();
        Clip clip = Clip.find(clipName, catalog);
        EvalTask task = new EvalTask(
                clip.file(),
                NamedFile.find(modelName, catalog),
                cadence.interval(),
                cadence.phases(),
                classes,
                jpegQuality == null ? OptionalInt.empty() : OptionalInt.of(jpegQuality),
                tracker.byteTrack());
        Optional<Path> annotations = gt == null ? clip.annotations(catalog) : Optional.of(annotationsIn(gt));
        if (through == Through.KAFKA && !tracker.isStandard()) {
            throw new ParameterException(
                    spec.commandLine(), "through Kafka, the tracker's thresholds are the job's own");
        }
        EvalRun run = through == Through.KAFKA ? new PipelineRun(task).run() : new DirectRun(task).run();
        write(clip.name(), run);
        Optional<EvalScores> scores = annotations.isEmpty()
                ? Optional.empty()
                : Optional.of(EvalScores.of(task, run, MotFormat.readTracks(annotations.get())));
        if (json != null) {
            EvalJson.write(json, clip.name(), task, run, scores);
        }
        print(spec.commandLine().getOut(), run, scores);
        return ExitCode.DONE;
    }

    private Path annotationsIn(Path given) {
        for (Path file : List.of(given, given.resolve("gt.txt"), given.resolve("gt/gt.txt"))) {
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new ParameterException(
                spec.commandLine(), "--gt is " + given + "; allowed: gt.txt, or a folder with gt.txt or gt/gt.txt");
    }

    private void write(String clip, EvalRun run) throws IOException {
        Files.createDirectories(out);
        for (Map.Entry<Integer, List<MotRow>> phase : run.tracksByPhase().entrySet()) {
            MotFormat.writeTracks(out.resolve(clip + ".phase" + phase.getKey() + ".txt"), phase.getValue());
        }
        if (run.tracksByPhase().size() == 1) {
            MotFormat.writeTracks(
                    out.resolve(clip + ".txt"),
                    run.tracksByPhase().get(run.tracksByPhase().firstKey()));
        }
        if (run.detections().isPresent()) {
            MotFormat.writeDetections(
                    out.resolve(clip + ".det.txt"), run.detections().get());
        }
    }

    private static void print(PrintWriter terminal, EvalRun run, Optional<EvalScores> scores) {
        if (scores.isPresent()) {
            TextTable table = new TextTable("phase", "HOTA", "DetA", "AssA", "MOTA", "IDF1", "IDSW");
            scores.get().byPhase().forEach((phase, row) -> table.row(cells(phase.toString(), row)));
            table.row(cells("mean", scores.get().mean()));
            terminal.print(table);
            scores.get().ap50().ifPresent(ap50 -> terminal.println("AP50 " + Figures.of(ap50, 2)));
        } else {
            terminal.println("no annotations: not scored (--gt names them)");
        }
        TextTable cost = new TextTable("CPU ms per frame", "");
        run.cpuMillisPerFrame().forEach((stage, millis) -> cost.row(stage, Figures.of(millis, 3)));
        terminal.print(cost);
        terminal.flush();
    }

    private static String[] cells(String name, Map<String, Double> row) {
        return new String[] {
            name,
            Figures.of(row.get("HOTA"), 2),
            Figures.of(row.get("DetA"), 2),
            Figures.of(row.get("AssA"), 2),
            Figures.of(row.get("MOTA"), 2),
            Figures.of(row.get("IDF1"), 2),
            Figures.of(row.get("IDSW"), 1)
        };
    }
}
