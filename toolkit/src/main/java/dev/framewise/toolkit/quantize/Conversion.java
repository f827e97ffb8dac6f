package dev.framewise.toolkit.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.Progress;
import dev.framewise.toolkit.graph.WholeFile;
import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.toolkit.picture.Split;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A float detector that is to be made smaller, and how what comes of it is measured: the same for {@link Quantization} and
 * {@link HalfPrecision}. One thread.
 *
 * @param model an ONNX file whose output a head reads
 * @param labels what is to be found in the pictures; empty to compare with the float model instead
 * @param detection how the model is to be read: its head, its classes
 * @param nanoTime the clock that a search keeps to
 */
public record Conversion(
        Path model,
        PictureSupply pictures,
        Optional<Labels> labels,
        DetectorOptions detection,
        QuantizeOptions options,
        Progress progress,
        LongSupplier nanoTime) {

    /** The name of the model's file. */
    String modelName() {
        return model.getFileName().toString();
    }

    /** The file of the labels; empty where there is none. */
    String labelsFile() {
        return labels.map(known -> known.file().toString()).orElse("");
    }

    /** The pictures of a split, read for the model. */
    Workload workload(Split split) throws ModelException, IOException {
        return Workload.read(model, detection, pictures, split);
    }

    /** Times the model as it was published, as it was prepared, and as it was made. */
    Outcome.Millis time(Prepared prepared, ModelProto made, Workload workload) throws ModelException {
        return Measurement.of(
                prepared.published(),
                prepared.graph(),
                made,
                workload.calibration().get(0),
                workload.shape());
    }

    /** Tests what was made on pictures that nothing before has seen. */
    FinalTest.Outcome test(ModelProto made, Split split) throws ModelException, IOException {
        progress.stage("testing on " + split.test().size() + " pictures", 1);
        Path folder = Files.createTempDirectory("framewise-made");
        Path file = folder.resolve("made.onnx");
        try {
            WholeFile.write(file, made::writeTo);
            return FinalTest.run(model, file, detection, pictures, split.test(), labels);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }
}
