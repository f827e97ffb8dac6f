package dev.framewise.toolkit.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.picture.Split;
import dev.framewise.vision.asset.Fingerprint;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.util.List;

/** Makes a float detector FP16, and measures it as {@link Quantization} does. One thread. */
public final class HalfPrecision {
    private final Conversion conversion;

    /** @param conversion of what, and how it is judged */
    public HalfPrecision(Conversion conversion) {
        this.conversion = conversion;
    }

    /**
     * Makes it.
     *
     * @throws ModelException if the model cannot be FP16 or be judged at all; one that comes out too bad is an outcome
     * @throws IOException if pictures cannot be read
     */
    public Outcome make() throws ModelException, IOException {
        QuantizeOptions options = conversion.options();
        long start = conversion.nanoTime().getAsLong();
        Split split =
                Split.of(conversion.pictures().count(), /* calibration= */ 1, /* search= */ 8, options.testPictures());
        conversion.progress().stage("folding", 1);
        Prepared prepared = Prepared.of(conversion.model());
        Fingerprint parent = Fingerprint.of(conversion.model());
        Graph halves = prepared.graph().copy();
        HalfWriter.write(halves);
        halves.setMetadata("framewise.precision", "fp16");
        halves.setMetadata("framewise.fp16.parent", parent.sha256());
        ModelProto made = halves.toModel();
        try (Workload workload = conversion.workload(split)) {
            conversion.progress().stage("timing", 1);
            Outcome.Millis millis = conversion.time(prepared, made, workload);
            FinalTest.Outcome test = conversion.test(made, split);
            return new Outcome(
                    conversion.modelName(),
                    "fp16",
                    made,
                    parent.sizeBytes(),
                    made.getSerializedSize(),
                    millis,
                    test,
                    split.overlapping(),
                    conversion.labelsFile(),
                    Verdict.reasons(test, millis, options, /* mustBeFaster= */ false),
                    List.of(),
                    List.of(),
                    /* recipe= */ null,
                    (conversion.nanoTime().getAsLong() - start) / 1e9);
        }
    }
}
