package dev.framewise.local.eval;

import dev.framewise.local.CadenceOptions;
import dev.framewise.local.Clip;
import dev.framewise.local.ExitCode;
import dev.framewise.local.Looking;
import dev.framewise.local.ModelOption;
import dev.framewise.local.TrackerOptions;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.eval.MotFormat;
import dev.framewise.vision.eval.MotRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    @Option(names = "--clip", paramLabel = "CLIP", description = "Name in the asset catalog, or a file")
    private String clipName;

    @Option(
            names = "--sequences",
            paramLabel = "DIR",
            description = "Instead of a clip: a folder of MOT sequences, each with det/det.txt, gt/gt.txt and "
                    + "seqinfo.ini. The tracker alone, without pictures; scored together")
    private Path sequences;

    @Mixin
    private ModelOption modelOption;

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
            description = "Encode each frame and decode it again, 1 to 100. Default: raw frames; through Kafka, 80")
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
        if ((clipName == null) == (sequences == null)) {
            throw new ParameterException(spec.commandLine(), "one of --clip and --sequences is needed");
        }
        if (sequences != null) {
            return evaluateSequences();
        }
        AssetCatalog catalog = AssetCatalog.standard();
        Clip clip = Clip.find(clipName, catalog);
        Path model = modelOption.file();
        List<EvalTask> tasks = new ArrayList<>();
        for (Looking looking : cadence.lookings()) {
            tasks.add(new EvalTask(
                    clip.file(),
                    model,
                    looking,
                    through == Through.KAFKA && looking.isAdaptive()
                            ? cadence.onlyPhaseZero(looking)
                            : cadence.phases(looking),
                    classes,
                    jpegQuality == null ? OptionalInt.empty() : OptionalInt.of(jpegQuality),
                    tracker));
        }
        Optional<Path> annotations = gt == null ? clip.annotations(catalog) : Optional.of(annotationsIn(gt));
        List<EvalRun> runs = run(tasks);
        List<EvalScores> scores = new ArrayList<>();
        if (annotations.isPresent()) {
            List<MotRow> truth = MotFormat.readTracks(annotations.get());
            runs.forEach(run -> scores.add(EvalScores.of(run, truth)));
        }
        write(clip.name(), tasks, runs);
        if (json != null) {
            EvalJson.write(json, clip.name(), tasks, runs, scores);
        }
        PrintWriter terminal = spec.commandLine().getOut();
        EvalReport.print(terminal, tasks, runs, scores);
        if (runs.size() > 1 && !scores.isEmpty()) {
            Path picture = out.resolve(clip.name() + ".curve.svg");
            Files.writeString(
                    picture, EvalReport.chart(clip.name(), tasks, runs, scores).svg());
            terminal.println("drawn in " + picture);
            terminal.flush();
        }
        return ExitCode.DONE;
    }

    private int evaluateSequences() throws IOException {
        if (through == Through.KAFKA || gt != null || jpegQuality != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--sequences takes no --through, --gt and --jpeg-quality: there are no pictures");
        }
        List<SequencesRun.Scored> scored = new ArrayList<>();
        for (Looking looking : cadence.lookings()) {
            scored.add(new SequencesRun(sequences, looking, cadence.phases(looking), tracker).run(out));
        }
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.print(SequencesRun.table(scored));
        terminal.flush();
        if (json != null) {
            EvalJson.write(json, sequences, scored);
        }
        return ExitCode.DONE;
    }

    private List<EvalRun> run(List<EvalTask> tasks) throws Exception {
        if (through == Through.DIRECT) {
            return new DirectRun(tasks).run();
        }
        if (!tracker.isStandard()) {
            throw new ParameterException(
                    spec.commandLine(), "through Kafka, the tracker's thresholds are the job's own");
        }
        List<EvalRun> runs = new ArrayList<>();
        for (EvalTask task : tasks) {
            runs.add(new PipelineRun(task).run());
        }
        return runs;
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

    /** Of one way to look, files as the contract names them; of a curve, one folder for each. */
    private void write(String clip, List<EvalTask> tasks, List<EvalRun> runs) throws IOException {
        for (int i = 0; i < runs.size(); i++) {
            write(
                    clip,
                    runs.get(i),
                    runs.size() == 1
                            ? out
                            : out.resolve(tasks.get(i).looking().text().replace(' ', '-')));
        }
    }

    private static void write(String clip, EvalRun run, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<Integer, List<MotRow>> phase : run.tracksByPhase().entrySet()) {
            MotFormat.writeTracks(folder.resolve(clip + ".phase" + phase.getKey() + ".txt"), phase.getValue());
        }
        if (run.tracksByPhase().size() == 1) {
            MotFormat.writeTracks(
                    folder.resolve(clip + ".txt"),
                    run.tracksByPhase().get(run.tracksByPhase().firstKey()));
        }
        if (run.detections().isPresent()) {
            MotFormat.writeDetections(
                    folder.resolve(clip + ".det.txt"), run.detections().get());
        }
    }
}
