package dev.framewise.toolkit;

import dev.framewise.toolkit.classify.ClassifierDistillation;
import dev.framewise.toolkit.classify.DistillationLoss;
import dev.framewise.toolkit.classify.Lessons;
import dev.framewise.toolkit.classify.PictureFolder;
import dev.framewise.toolkit.distil.DetectorDistillation;
import dev.framewise.toolkit.distil.DetectorPlan;
import dev.framewise.toolkit.distil.DetectorTest;
import dev.framewise.toolkit.distil.FrameSource;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code framewise model distil}: a small network that learns from a large one. */
@Command(
        name = "distil",
        description = "Distils a small network from a large one: a detector over frames that nobody has labelled, or a"
                + " classifier over folders of pictures.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class DistilCommand implements Callable<Integer> {
    private static final String USUAL_TEACHER = "yolox-nano-416";

    /** Ended by Ctrl-C, as shells count it. */
    private static final int INTERRUPTED = 130;

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Kind kind;

    /** What is distilled. */
    private static final class Kind {
        /** The other one is asked; this one has to be said, so that nobody distils what he did not mean. */
        @Option(names = "--detector", required = true, description = "Distil a detector, over --frames")
        @SuppressWarnings("unused")
        private boolean detector;

        @Option(names = "--classifier", required = true, description = "Distil a classifier, over --pictures")
        private boolean classifier;
    }

    @Option(
            names = "--teacher",
            paramLabel = "MODEL",
            description =
                    "Name in the asset catalog, or an ONNX file. Default: yolox-nano-416 for a detector; for a classifier, a"
                            + " residual network is trained first")
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
            description =
                    "A camera that does not move: a clip by its name in the catalog or its path, perhaps with frames as"
                            + " in pets09-s2l1:1-400; a folder of JPEG or PNG files; frames of the topic, as"
                            + " kafka://HOST:PORT/CAMERA; or pictures of object storage, as s3://BUCKET/PREFIX. What is"
                            + " fetched stays in --out, so that a training that goes on sees the same. May be repeated")
    private List<String> frames = List.of();

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

    @Mixin
    private LabelledPictures pictures;

    @Option(
            names = "--label-every",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Tell a classifier's students the class of one picture of N of each class; to the others they hear"
                            + " the teacher's answers only. Default: ${DEFAULT-VALUE}, all")
    private int labelEvery;

    @Option(
            names = "--unlabelled",
            paramLabel = "DIR",
            description =
                    "Pictures that nobody has labelled, to which a classifier's students hear the teacher's answers")
    private Path unlabelled;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "12",
            description = "Passes over --pictures. Default: ${DEFAULT-VALUE}")
    private int epochs;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Classifiers are trained alone and distilled so many times, to show the spread. Default:"
                    + " ${DEFAULT-VALUE}")
    private int seeds;

    @Option(
            names = "--alpha",
            paramLabel = "SHARE",
            defaultValue = "0.7",
            description =
                    "Share of the truth in a classifier's loss, the teacher has the rest. Default: ${DEFAULT-VALUE}")
    private float alpha;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "4",
            description = "Softens a classifier's answers. Default: ${DEFAULT-VALUE}")
    private float temperature;

    @Option(
            names = "--student-channels",
            paramLabel = "N",
            defaultValue = "16",
            description =
                    "Channels of a classifying student's first stage, a residual network. Default: ${DEFAULT-VALUE}")
    private int studentChannels;

    @Option(
            names = "--teacher-channels",
            paramLabel = "N",
            defaultValue = "64",
            description =
                    "Channels of the residual teacher's first stage, where one is trained. Default: ${DEFAULT-VALUE}")
    private int teacherChannels;

    @Override
    public Integer call() throws IOException, ModelException, InterruptedException {
        return kind.classifier ? classifier() : detector();
    }

    private int classifier() throws IOException, ModelException {
        DistillationLoss loss;
        try {
            loss = new DistillationLoss(alpha, temperature);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        if (epochs < 1 || seeds < 1 || studentChannels < 1 || teacherChannels < 1 || labelEvery < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--epochs, --seeds, --student-channels, --teacher-channels and --label-every count from 1; they are "
                            + epochs + ", " + seeds + ", " + studentChannels + ", " + teacherChannels + " and "
                            + labelEvery);
        }
        PictureFolder train = pictures.train();
        PictureFolder test = pictures.test(train);
        Lessons lessons = Lessons.oneOf(train, labelEvery);
        if (unlabelled != null) {
            lessons = lessons.with(train.unlabelled(unlabelled));
        }
        ClassifierDistillation.Plan plan =
                new ClassifierDistillation.Plan(teacherChannels, studentChannels, epochs, seeds, seed, loss, out);
        ClassifierDistillation.Result result = new ClassifierDistillation(plan, lessons, test, this::progress)
                .run(Optional.ofNullable(teacher).map(NamedModel::find));
        spec.commandLine().getOut().print(result.text());
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void progress(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    private int detector() throws IOException, ModelException, InterruptedException {
        if (frames.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name one or more cameras with --frames");
        }
        String teacherName = teacher == null ? USUAL_TEACHER : teacher;
        AssetCatalog catalog = AssetCatalog.standard();
        if (framesPerSource < 1 || images < DetectorPlan.BATCH) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--frames-per-source is " + framesPerSource + ", allowed: from 1; --images is " + images
                            + ", allowed: from " + DetectorPlan.BATCH);
        }
        SourceNames names = new SourceNames(catalog, framesPerSource, out.resolve("frames"));
        List<FrameSource> sources = new ArrayList<>();
        Optional<DetectorTest> held;
        try {
            for (String source : frames) {
                sources.add(names.source(source));
            }
            held = test == null ? Optional.empty() : Optional.of(names.test(test, truth));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        DetectorPlan plan =
                new DetectorPlan(NamedModel.find(teacherName), teacherName, className, sources, images, seed, out);
        DetectorDistillation distillation = new DetectorDistillation(plan, this::progress);
        Optional<DetectorDistillation.Result> result = distillation.run(held);
        if (result.isEmpty()) {
            return INTERRUPTED;
        }
        spec.commandLine().getOut().print(result.get().card());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
