package dev.framewise.toolkit;

import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.toolkit.quantize.Conversion;
import dev.framewise.toolkit.quantize.HalfPrecision;
import dev.framewise.toolkit.quantize.Outcome;
import dev.framewise.toolkit.quantize.QuantizeOptions;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewise model fp16}: half the size, for machines that compute in halves. */
@Command(
        name = "fp16",
        description = {
            "Makes a detector FP16: half the size. Faster only where the machine computes in FP16, which few CPUs do,",
            "so that time is reported here and no reason to refuse it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Fp16Command implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "Name in the asset catalog, or an ONNX file")
    private String model;

    @Mixin
    private OutputOptions output;

    @Mixin
    private PictureOptions pictures;

    @Override
    public Integer call() throws ModelException, IOException, InterruptedException {
        try (PictureOptions from = pictures) {
            PictureSupply supply = from.supply();
            QuantizeOptions defaults = QuantizeOptions.defaults();
            QuantizeOptions options = new QuantizeOptions(
                    defaults.observer(),
                    defaults.calibrationPictures(),
                    defaults.searchPictures(),
                    defaults.testPictures(),
                    output.budget,
                    defaults.atMost());
            Outcome outcome = new HalfPrecision(new Conversion(
                            NamedModel.find(model),
                            supply,
                            from.labels(supply.count()),
                            from.detection(),
                            options,
                            new Progress(spec.commandLine().getErr()),
                            System::nanoTime))
                    .make();
            return output.writer(spec.commandLine().getOut()).finish(outcome);
        }
    }
}
