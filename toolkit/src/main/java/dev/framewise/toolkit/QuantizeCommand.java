package dev.framewise.toolkit;

import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.toolkit.quantize.Conversion;
import dev.framewise.toolkit.quantize.Observer;
import dev.framewise.toolkit.quantize.Outcome;
import dev.framewise.toolkit.quantize.Quantization;
import dev.framewise.toolkit.quantize.QuantizeOptions;
import dev.framewise.toolkit.quantize.Recipe;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewise model quantize}: INT8 that is still right, and faster here, or none. */
@Command(
        name = "quantize",
        description = {
            "Makes a detector INT8, as far as that pays on this machine and stays within the budget.",
            "Writes the model, a report and the recipe; or, with exit code 1, says why not."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class QuantizeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "Name in the asset catalog, or an ONNX file")
    private String model;

    @Mixin
    private OutputOptions output;

    @Mixin
    private PictureOptions pictures;

    @Option(
            names = "--observer",
            paramLabel = "NAME",
            description = "How ranges are read off: ${COMPLETION-CANDIDATES} (default: whichever harms least)")
    private Observer observer;

    @Option(
            names = "--calibrate",
            paramLabel = "N",
            defaultValue = "100",
            description = "Pictures to read ranges off (default: 100)")
    private int calibrate;

    @Option(
            names = "--search",
            paramLabel = "N",
            defaultValue = "240",
            description = "Pictures to choose by (default: 240)")
    private int search;

    @Option(
            names = "--test",
            paramLabel = "N",
            defaultValue = "400",
            description = "Pictures to report on (default: 400)")
    private int test;

    @Option(names = "--minutes", paramLabel = "M", defaultValue = "6", description = "Longest search (default: 6)")
    private int minutes;

    @Option(names = "--recipe", paramLabel = "FILE", description = "Make again what this recipe says, without a search")
    private Path recipe;

    @Override
    public Integer call() throws ModelException, IOException, InterruptedException {
        QuantizeOptions options = options();
        try (PictureOptions from = pictures) {
            PictureSupply supply = from.supply();
            Quantization quantization = new Quantization(new Conversion(
                    NamedModel.find(model),
                    supply,
                    from.labels(supply.count()),
                    from.detection(),
                    options,
                    new Progress(spec.commandLine().getErr()),
                    System::nanoTime));
            Outcome outcome = recipe == null ? quantization.search() : quantization.follow(Recipe.read(recipe));
            return finish(outcome);
        }
    }

    private QuantizeOptions options() {
        try {
            return new QuantizeOptions(
                    Optional.ofNullable(observer), calibrate, search, test, output.budget, Duration.ofMinutes(minutes));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int finish(Outcome outcome) throws IOException, ModelException {
        return output.writer(spec.commandLine().getOut()).finish(outcome);
    }
}
