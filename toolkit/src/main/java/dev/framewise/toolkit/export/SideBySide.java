package dev.framewise.toolkit.export;

import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.toolkit.picture.Pictures;
import dev.framewise.toolkit.quantize.DetectionDrift;
import dev.framewise.toolkit.quantize.FinalTest;
import dev.framewise.toolkit.quantize.Labels;
import dev.framewise.toolkit.quantize.Score;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.toolkit.trial.Values;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.eval.MotRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the fixed float model gives in ONNX Runtime, and how far an exported one is from it on the same inputs: those of pictures, as the
 * detector letterboxes them, or made up where there are none. One thread; closing gives back native memory.
 */
final class SideBySide implements AutoCloseable {
    private final Optional<Detector> detector;
    private final Optional<Labels> labels;
    private final List<float[]> inputs = new ArrayList<>();
    private final List<List<float[]>> expected = new ArrayList<>();
    private final TreeSet<Integer> numbers = new TreeSet<>();

    private SideBySide(Optional<Detector> detector, Optional<Labels> labels) {
        this.detector = detector;
        this.labels = labels;
    }

    /**
     * On made-up inputs of values 0 to 1, which the same seed gives again.
     *
     * @param count of them
     */
    static SideBySide seeded(FixedModel model, int count) throws ModelException {
        SideBySide made = new SideBySide(Optional.empty(), Optional.empty());
        for (int i = 0; i < count; i++) {
            made.inputs.add(SeededPicture.of(i, model.width(), model.height()));
        }
        made.runFloat(model);
        return made;
    }

    /**
     * On pictures.
     *
     * @param numbers which of the supply, from 1; at most 256
     * @throws ModelException if no head reads the model's output
     */
    static SideBySide of(
            FixedModel model,
            DetectorOptions options,
            PictureSupply supply,
            SortedSet<Integer> numbers,
            Optional<Labels> labels)
            throws ModelException, IOException {
        Detector detector = Detector.open(
                model.file(), options.toBuilder().maxBatch(numbers.size()).build());
        SideBySide made = new SideBySide(Optional.of(detector), labels);
        try {
            made.load(detector, supply, numbers);
            made.runFloat(model);
            return made;
        } catch (ModelException | IOException | RuntimeException e) {
            made.close();
            throw e;
        }
    }

    private void load(Detector holder, PictureSupply supply, SortedSet<Integer> wanted) throws IOException {
        FrameTimings timings = new FrameTimings();
        try (Pictures pictures = supply.open()) {
            while (pictures.number() < wanted.last() && pictures.advance()) {
                if (wanted.contains(pictures.number())) {
                    int slot = inputs.size();
                    holder.load(slot, pictures.image(), timings);
                    inputs.add(holder.input(slot));
                    numbers.add(pictures.number());
                }
            }
        }
    }

    private void runFloat(FixedModel model) throws ModelException {
        try (TrialSession session = TrialSession.open(model.file().toString(), model.model())) {
            String input = session.inputNames().iterator().next();
            for (float[] values : inputs) {
                session.give(input, values, model.shape());
                expected.add(session.run().values().stream().map(Values::floats).toList());
            }
        }
    }

    /** The inputs, [3, height, width] each. */
    List<float[]> inputs() {
        return inputs;
    }

    /**
     * Runs another on the same inputs.
     *
     * @throws ModelException if it does not run, or what it gives is of another size
     */
    Agreement compare(RunBack other) throws ModelException, IOException, InterruptedException {
        List<List<float[]>> found = other.run(inputs);
        double apart = 0;
        double most = 0;
        for (int i = 0; i < inputs.size(); i++) {
            for (int output = 0; output < expected.get(i).size(); output++) {
                Values one = flat(expected.get(i).get(output));
                apart = Math.max(apart, one.maxDifference(flat(found.get(i).get(output))));
                most = Math.max(most, one.maxAbs());
            }
        }
        Optional<FinalTest.Outcome> sight = detector.isEmpty() ? Optional.empty() : Optional.of(sight(found));
        return new Agreement(inputs.size(), apart, most, sight);
    }

    private static Values flat(float[] values) {
        return new Values(new long[] {values.length}, values);
    }

    private FinalTest.Outcome sight(List<List<float[]>> found) {
        DetectionDrift drift = new DetectionDrift();
        List<MotRow> before = new ArrayList<>();
        List<MotRow> after = new ArrayList<>();
        Detections first = new Detections();
        Detections second = new Detections();
        int slot = 0;
        for (int number : numbers) {
            detector.orElseThrow().detections(slot, expected.get(slot), first);
            detector.orElseThrow().detections(slot, found.get(slot), second);
            drift.add(first, second);
            labels.ifPresent(l -> l.collect(number, first, before));
            labels.ifPresent(l -> l.collect(number, second, after));
            slot++;
        }
        return new FinalTest.Outcome(
                inputs.size(),
                score(/* drift= */ 0, /* agreement= */ 1, before),
                score(drift.drift(), drift.agreement(), after));
    }

    private Score score(double drift, double agreement, List<MotRow> rows) {
        return new Score(
                drift,
                agreement,
                labels.map(l -> l.ap50(rows, numbers)).orElse(Double.NaN),
                labels.map(l -> l.ap50To95(rows, numbers)).orElse(Double.NaN));
    }

    @Override
    public void close() {
        detector.ifPresent(Detector::close);
    }
}
