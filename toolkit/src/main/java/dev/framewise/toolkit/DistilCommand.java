package dev.framewise.toolkit;

import dev.framewise.toolkit.distil.DetectorDistillation;
import dev.framewise.toolkit.distil.DetectorPlan;
import dev.framewise.toolkit.distil.DetectorTest;
import dev.framewise.toolkit.distil.FrameSource;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code framewise model distil}: a small network that learns from a large one. */
@Command(
        name = "distil",
        description = "Distils a small detector from a large one, over frames that nobody has labelled.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class DistilCommand implements Callable<Integer> {
    /** Ended by Ctrl-C, as shells count it. */
    private static final int INTERRUPTED = 130;

    @Spec
    private CommandSpec spec;

    @Option(names = "--detector", description = "Distil a detector")
    private boolean detector;

    @Option(
            names = "--teacher",
            paramLabel = "MODEL",
            defaultValue = "yolox-nano-416",
            description = "Name in the asset catalog, or an ONNX file. Default: ${DEFAULT-VALUE}")
    private String teacher;

    @Option(
            names = "--class",
            paramLabel = "NAME",
            defaultValue = "person",
            description = "What the student learns, by the teacher's name of it. Default: ${DEFAULT-VALUE}")
    private String className;

    @Option(
            names = "--frames",
            paramLabel = "SOURCE",
            required = true,
            description =
                    "A camera that does not move: a clip by its name in the catalog or its path, perhaps with frames as"
                            + " in pets09-s2l1:1-400, or a folder of JPEG or PNG files; may be repeated")
    private List<String> frames;

    @Option(
            names = "--frames-per-source",
            paramLabel = "N",
            defaultValue = "400",
            description = "Most frames of a source, evenly spaced. Default: ${DEFAULT-VALUE}")
    private int framesPerSource;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "48000",
            description =
                    "Training pictures that are made of the frames. Default: ${DEFAULT-VALUE}, a quarter of an hour of one core")
    private long images;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "Of everything random. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description =
                    "Where student.onnx, its card, the log, the curves and the checkpoint go. A training that was ended"
                            + " early goes on when it is started again with the same options")
    private Path out;

    @Option(
            names = "--test",
            paramLabel = "CLIP:FIRST-LAST",
            description = "Score teacher and student on these annotated frames, such as pets09-s2l1:401-795")
    private String test;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "Annotations of the clip of --test in MOT format. Default: those of the catalog")
    private String truth;

    @Override
    public Integer call() throws IOException, ModelException {
        if (!detector) {
            throw new ParameterException(spec.commandLine(), "say what to distil: --detector");
        }
        AssetCatalog catalog = AssetCatalog.standard();
        if (framesPerSource < 1 || images < DetectorPlan.BATCH) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--frames-per-source is " + framesPerSource + ", allowed: from 1; --images is " + images
                            + ", allowed: from " + DetectorPlan.BATCH);
        }
        SourceNames names = new SourceNames(catalog, framesPerSource);
        List<FrameSource> sources;
        Optional<DetectorTest> held;
        try {
            sources = frames.stream().map(names::source).toList();
            held = test == null ? Optional.empty() : Optional.of(names.test(test, truth));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        DetectorPlan plan = new DetectorPlan(NamedModel.find(teacher), teacher, className, sources, images, seed, out);
        PrintWriter err = spec.commandLine().getErr();
        DetectorDistillation distillation = new DetectorDistillation(plan, line -> {
            err.println(line);
            err.flush();
        });
        Optional<DetectorDistillation.Result> result = distillation.run(held);
        if (result.isEmpty()) {
            return INTERRUPTED;
        }
        spec.commandLine().getOut().print(result.get().card());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
