package dev.framewise.toolkit;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.classify.Accuracy;
import dev.framewise.toolkit.classify.ClassifierTraining;
import dev.framewise.toolkit.classify.DistillationLoss;
import dev.framewise.toolkit.classify.PictureFolder;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewise model finetune}: a classifier, pruned or not, is trained on. */
@Command(
        name = "finetune",
        description = "Trains a classifier on, such as after pruning: AdamW, and the best epoch is kept.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class FinetuneCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "Name in the asset catalog, or an ONNX file")
    private String model;

    @Mixin
    private LabelledPictures pictures;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "10",
            description = "Passes over the pictures. Default: ${DEFAULT-VALUE}")
    private int epochs;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            defaultValue = "1e-4",
            description = "At its peak. Default: ${DEFAULT-VALUE}")
    private float learningRate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "Of the batches. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Where model.onnx and the training's files go")
    private Path out;

    @Override
    public Integer call() throws ModelException, IOException {
        Path file = NamedModel.find(model);
        ModelProto before = ModelStore.read(file);
        PictureFolder train = pictures.train();
        PictureFolder test = pictures.test(train);
        ClassifierTraining training =
                new ClassifierTraining(train, Optional.empty(), epochs, learningRate, seed, line -> spec.commandLine()
                        .getErr()
                        .println(line));
        ModelProto after =
                training.train(before, Optional.empty(), DistillationLoss.USUAL, out, "finetune " + file.getFileName());
        ModelStore.write(out.resolve("model.onnx"), after);
        spec.commandLine()
                .getOut()
                .printf(
                        "right on the test's pictures: %.1f %% before, %.1f %% after%n",
                        100 * Accuracy.of(before, test).right(),
                        100 * Accuracy.of(after, test).right());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
