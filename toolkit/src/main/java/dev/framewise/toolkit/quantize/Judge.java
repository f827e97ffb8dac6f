package dev.framewise.toolkit.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.graph.WholeFile;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.eval.MotRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Says how well a changed model sees the pictures of the search, against the float model and, where there are any, the labels. */
final class Judge implements AutoCloseable {
    private final Workload workload;
    private final DetectorOptions options;
    private final Optional<Labels> labels;
    private final List<Detections> reference = new ArrayList<>();
    private final Path folder;
    private final FrameTimings timings = new FrameTimings();

    /**
     * Lets the float model see all pictures.
     *
     * @param model the float model
     * @throws ModelException if it finds nothing in any picture, so that nothing could be compared
     */
    Judge(Path model, DetectorOptions options, Workload workload, Optional<Labels> labels)
            throws ModelException, IOException {
        this.workload = workload;
        this.options = options.toBuilder().maxBatch(1).build();
        this.labels = labels;
        folder = Files.createTempDirectory("framewise-quantize");
        DetectionDrift self = new DetectionDrift();
        try (Detector detector = Detector.open(model, this.options)) {
            for (int i = 0; i < workload.numbers().size(); i++) {
                Detections found = new Detections();
                see(detector, i, found);
                reference.add(found);
                self.add(found, found);
            }
        }
        if (self.reference() == 0) {
            throw new ModelException(
                    model + ": finds nothing in " + reference.size()
                            + " pictures, so that nothing tells whether INT8 still does. Give pictures of what it was made for.");
        }
    }

    private void see(Detector detector, int slot, Detections out) {
        detector.load(0, workload.holder(), slot);
        detector.run(1);
        detector.detections(0, out, timings);
    }

    /** How many pictures there are. */
    int pictures() {
        return reference.size();
    }

    /** What the float model itself scores on the labels. */
    Score reference(int pictures) {
        return score(reference, spread(pictures));
    }

    /**
     * Lets a model see some of the pictures, spread evenly.
     *
     * @throws ModelException if it does not run
     */
    Score score(ModelProto model, int pictures) throws ModelException, IOException {
        Path file = folder.resolve("candidate.onnx");
        WholeFile.write(file, model::writeTo);
        List<Detections> found = new ArrayList<>();
        try (Detector detector = Detector.open(file, options)) {
            for (int i : spread(pictures)) {
                Detections out = new Detections();
                see(detector, i, out);
                found.add(out);
            }
        }
        return score(found, spread(pictures));
    }

    private Score score(List<Detections> found, int[] slots) {
        DetectionDrift drift = new DetectionDrift();
        List<MotRow> rows = new ArrayList<>();
        TreeSet<Integer> numbers = new TreeSet<>();
        for (int i = 0; i < slots.length; i++) {
            Detections by = found == reference ? reference.get(slots[i]) : found.get(i);
            drift.add(reference.get(slots[i]), by);
            int number = workload.numbers().get(slots[i]);
            numbers.add(number);
            labels.ifPresent(l -> l.collect(number, by, rows));
        }
        double ap50 = labels.map(l -> l.ap50(rows, numbers)).orElse(Double.NaN);
        return new Score(drift.drift(), drift.agreement(), ap50, Double.NaN);
    }

    private int[] spread(int pictures) {
        int count = Math.min(pictures, reference.size());
        int[] slots = new int[count];
        for (int i = 0; i < count; i++) {
            slots[i] = (int) ((long) i * reference.size() / count);
        }
        return slots;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.resolve("candidate.onnx"));
        Files.delete(folder);
    }
}
