package dev.framewise.toolkit;

import dev.framewise.toolkit.classify.PersonCrops;
import dev.framewise.toolkit.classify.PictureFolder;
import dev.framewise.toolkit.distil.DetectorTest;
import dev.framewise.toolkit.graph.WholeFile;
import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.toolkit.quantize.Labels;
import dev.framewise.toolkit.table.CompressionRun;
import dev.framewise.toolkit.table.CompressionTable;
import dev.framewise.toolkit.table.DetectorData;
import dev.framewise.toolkit.table.GeneratedPictures;
import dev.framewise.toolkit.table.TablePlan;
import dev.framewise.toolkit.table.TableText;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code framewise model table}: what is promised of smaller models, and what of it holds here. */
@Command(
        name = "table",
        description = {
            "Measures INT8, FP16, pruning, distillation and all of them together against what is promised of them:",
            "trains classifiers on the annotated people of a clip, makes a detector smaller, and prints the table.",
            "What was made is kept in --out, and the same command goes on where it was ended. Half an hour or so."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class TableCommand implements Callable<Integer> {
    private static final int WIDTH = 32;
    private static final int HEIGHT = 64;

    /** Blocks of frames in turns: half a minute of a clip has other people at its end than at its beginning. */
    private static final int BLOCK = 40;

    private static final int EVERY = 2;
    private static final int GENERATED = 48;

    /** As average precision wants it: a curve over all scores. */
    private static final float LEAST_SCORE = 0.01f;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Where table.md, table.json and everything on the way go")
    private Path out;

    @Option(
            names = "--clip",
            paramLabel = "CLIP",
            defaultValue = "pets09-s2l1",
            description = "Annotated clip, by path or name in the catalog. Default: ${DEFAULT-VALUE}")
    private String clip;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "Its annotations in MOT format. Default: the catalog's")
    private String truth;

    @Option(
            names = "--detector",
            paramLabel = "MODEL",
            defaultValue = "yolox-nano-416",
            description = "Whose INT8 and FP16 are measured, by path or name. Default: ${DEFAULT-VALUE}")
    private String detector;

    @Option(names = "--classifiers-only", description = "Leave the detector out: its search takes minutes")
    private boolean classifiersOnly;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "16",
            description = "Passes over the pictures for each network. Default: ${DEFAULT-VALUE}")
    private int epochs;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Students are trained alone and distilled so many times. Default: ${DEFAULT-VALUE}")
    private int seeds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "Of everything random. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--quick",
            description =
                    "All stages of the classifiers in seconds, with tiny networks on generated pictures: shows that it"
                            + " works here, not what holds")
    private boolean quick;

    @Override
    public Integer call() throws IOException, ModelException {
        Progress progress = new Progress(spec.commandLine().getErr());
        CompressionTable table = quick ? quick(progress) : whole(progress);
        spec.commandLine().getOut().print(TableText.columns(table));
        spec.commandLine().getOut().println("Written to " + out.resolve("table.md") + " and table.json beside it");
        spec.commandLine().getOut().flush();
        return 0;
    }

    private CompressionTable quick(Progress progress) throws IOException, ModelException {
        for (String ignored : List.of("--clip", "--truth", "--detector", "--classifiers-only", "--epochs", "--seeds")) {
            if (spec.commandLine().getParseResult().hasMatchedOption(ignored)) {
                throw new ParameterException(
                        spec.commandLine(),
                        ignored + " is for real pictures; --quick makes its own. Leave one of the two out");
            }
        }
        return new CompressionRun(
                        TablePlan.quick(out, seed),
                        GeneratedPictures.of(GENERATED, seed),
                        GeneratedPictures.of(GENERATED / 2, seed + 1),
                        Optional.empty(),
                        progress,
                        System::nanoTime)
                .run();
    }

    private CompressionTable whole(Progress progress) throws IOException, ModelException {
        TablePlan plan;
        DetectorTest annotated;
        try {
            plan = TablePlan.standard(out, seed, seeds, epochs);
            annotated = new SourceNames(AssetCatalog.standard(), /* limit= */ 1, out).test(clip, truth);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        Path crops = crops(annotated, progress);
        PictureFolder train = PictureFolder.read(
                crops.resolve("train"), PictureFolder.classes(crops.resolve("train")), WIDTH, HEIGHT);
        PictureFolder test = PictureFolder.read(crops.resolve("test"), train.classes(), WIDTH, HEIGHT);
        Optional<DetectorData> data = classifiersOnly ? Optional.empty() : Optional.of(detector(annotated));
        return new CompressionRun(plan, train, test, data, progress, System::nanoTime).run();
    }

    private Path crops(DetectorTest annotated, Progress progress) throws IOException {
        Path crops = out.resolve("crops");
        Path done = crops.resolve("done.txt");
        if (!Files.exists(done)) {
            progress.stage("cutting annotated people out of " + clip, 1);
            int count =
                    PersonCrops.cut(annotated.clip(), annotated.truth(), PersonCrops.Split.blocks(BLOCK), EVERY, crops);
            WholeFile.write(done, count + " pictures\n");
        }
        return crops;
    }

    private DetectorData detector(DetectorTest annotated) throws IOException {
        PictureSupply pictures = PictureSupply.of(annotated.clip());
        return new DetectorData(
                detector,
                NamedModel.find(detector),
                pictures,
                Labels.read(annotated.truth(), /* classId= */ 0, pictures.count()),
                DetectorOptions.builder().scoreThreshold(LEAST_SCORE).build());
    }
}
