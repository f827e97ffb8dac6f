package dev.framewise.toolkit.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.Progress;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.WholeFile;
import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.toolkit.picture.Split;
import dev.framewise.vision.asset.Fingerprint;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Makes a float detector FP16, and measures it as {@link Quantization} does. One thread. */
public final class HalfPrecision {
    private final Path model;
    private final PictureSupply pictures;
    private final Optional<Labels> labels;
    private final DetectorOptions detection;
    private final QuantizeOptions options;
    private final Progress progress;
    private final LongSupplier nanoTime;

    /** What to do; as of {@link Quantization}. */
    public HalfPrecision(
            Path model,
            PictureSupply pictures,
            Optional<Labels> labels,
            DetectorOptions detection,
            QuantizeOptions options,
            Progress progress,
            LongSupplier nanoTime) {
        this.model = model;
        this.pictures = pictures;
        this.labels = labels;
        this.detection = detection;
        this.options = options;
        this.progress = progress;
        this.nanoTime = nanoTime;
    }

    /**
     * Makes it.
     *
     * @throws ModelException if the model cannot be FP16 or be judged at all; one that comes out too bad is an outcome
     * @throws IOException if pictures cannot be read
     */
    public Outcome make() throws ModelException, IOException {
        long start = nanoTime.getAsLong();
        Split split = Split.of(pictures.count(), /* calibration= */ 1, /* search= */ 8, options.testPictures());
        progress.stage("folding", 1);
        Prepared prepared = Prepared.of(model);
        Fingerprint parent = Fingerprint.of(model);
        Graph halves = prepared.graph().copy();
        HalfWriter.write(halves);
        halves.setMetadata("framewise.precision", "fp16");
        halves.setMetadata("framewise.fp16.parent", parent.sha256());
        ModelProto made = halves.toModel();
        try (Workload workload = Workload.read(model, detection, pictures, split)) {
            progress.stage("timing", 1);
            Outcome.Millis millis = Measurement.of(
                    prepared.published(),
                    prepared.graph(),
                    made,
                    workload.calibration().get(0),
                    workload.shape());
            progress.stage("testing on " + split.test().size() + " pictures", 1);
            FinalTest.Outcome test = test(made, split);
            return new Outcome(
                    model.getFileName().toString(),
                    "fp16",
                    made,
                    parent.sizeBytes(),
                    made.getSerializedSize(),
                    millis,
                    test,
                    split.overlapping(),
                    labels.map(l -> l.file().toString()).orElse(""),
                    Verdict.reasons(test, millis, options, /* mustBeFaster= */ false),
                    List.of(),
                    List.of(),
                    /* recipe= */ null,
                    (nanoTime.getAsLong() - start) / 1e9);
        }
    }

    private FinalTest.Outcome test(ModelProto made, Split split) throws ModelException, IOException {
        Path folder = Files.createTempDirectory("framewise-fp16");
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
