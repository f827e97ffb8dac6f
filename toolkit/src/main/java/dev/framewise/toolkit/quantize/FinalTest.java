package dev.framewise.toolkit.quantize;

import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.toolkit.picture.Pictures;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.eval.MotRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Two models over pictures that neither calibration nor search has seen. One thread. */
public final class FinalTest {
    private FinalTest() {}

    /**
     * What came out.
     *
     * @param pictures how many were looked at
     * @param before how well the first model sees
     * @param after how well the second does
     */
    public record Outcome(int pictures, Score before, Score after) {}

    /**
     * Lets both see the same pictures.
     *
     * @param numbers which, from 1
     * @throws ModelException if one of them does not run
     * @throws IOException if a picture cannot be read
     */
    public static Outcome run(
            Path before,
            Path after,
            DetectorOptions options,
            PictureSupply supply,
            SortedSet<Integer> numbers,
            Optional<Labels> labels)
            throws ModelException, IOException {
        List<MotRow> rowsBefore = new ArrayList<>();
        List<MotRow> rowsAfter = new ArrayList<>();
        DetectionDrift drift = new DetectionDrift();
        FrameTimings timings = new FrameTimings();
        Detections first = new Detections();
        Detections second = new Detections();
        int seen = 0;
        try (Detector one = Detector.open(before, options);
                Detector other = Detector.open(after, options);
                Pictures pictures = supply.open()) {
            while (pictures.number() < numbers.last() && pictures.advance()) {
                if (!numbers.contains(pictures.number())) {
                    continue;
                }
                see(one, pictures, first, timings);
                see(other, pictures, second, timings);
                drift.add(first, second);
                int number = pictures.number();
                labels.ifPresent(l -> l.collect(number, first, rowsBefore));
                labels.ifPresent(l -> l.collect(number, second, rowsAfter));
                seen++;
            }
        }
        return new Outcome(
                seen,
                score(/* drift= */ 0, /* agreement= */ 1, rowsBefore, numbers, labels),
                score(drift.drift(), drift.agreement(), rowsAfter, numbers, labels));
    }

    private static void see(Detector detector, Pictures pictures, Detections out, FrameTimings timings) {
        detector.load(0, pictures.image(), timings);
        detector.run(1);
        detector.detections(0, out, timings);
    }

    private static Score score(
            double drift, double agreement, List<MotRow> rows, SortedSet<Integer> numbers, Optional<Labels> labels) {
        return new Score(
                drift,
                agreement,
                labels.map(l -> l.ap50(rows, numbers)).orElse(Double.NaN),
                labels.map(l -> l.ap50To95(rows, numbers)).orElse(Double.NaN));
    }
}
