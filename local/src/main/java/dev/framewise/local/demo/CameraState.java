package dev.framewise.local.demo;

import dev.framewise.local.report.Percentiles;
import dev.framewise.local.report.Series;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.LedgerWindow;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.TrackRow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is known so far of one camera. Not thread-safe: {@link DemoState} guards it. */
final class CameraState {
    private static final long SECOND_MICROS = 1_000_000;

    private final String camera;
    private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    private final TreeMap<Long, Integer> framesBySecond = new TreeMap<>();
    private final TreeMap<Long, List<Double>> latencyBySecond = new TreeMap<>();
    private String device = "";
    private long rows;
    private long tracks;
    private long firstMicros = Long.MAX_VALUE;
    private long lastMicros;
    private TrackRow best;

    CameraState(String camera) {
        this.camera = camera;
    }

    void accept(TrackRow row) {
        tracks += row.getStarted().size();
        if (row.getKind() != RowKind.FRAME) {
            return;
        }
        rows++;
        device = row.getDevice();
        firstMicros = Math.min(firstMicros, row.getCapturedAtMicros());
        lastMicros = Math.max(lastMicros, row.getCapturedAtMicros());
        framesBySecond.merge(row.getCapturedAtMicros() / SECOND_MICROS, 1, Integer::sum);
        if (best == null || row.getBoxes().size() > best.getBoxes().size()) {
            best = row;
        }
    }

    void accept(InferenceSample sample) {
        latencyBySecond
                .computeIfAbsent(sample.getCapturedAtMicros() / SECOND_MICROS, second -> new ArrayList<>())
                .add(sample.getLatencyMicros() / 1e3);
    }

    void accept(LedgerWindow window) {
        window.getFates().forEach((name, count) -> fates.merge(Fate.valueOf(name), count, Long::sum));
    }

    String device() {
        return device;
    }

    Map<Fate, Long> fates() {
        return fates;
    }

    long rows() {
        return rows;
    }

    long tracks() {
        return tracks;
    }

    /** Event time of the first tracked frame; {@link Long#MAX_VALUE} before it. */
    long firstMicros() {
        return firstMicros;
    }

    /** The tracked frame with the most tracks, the first of them; null before the first. */
    TrackRow best() {
        return best;
    }

    /** Tracked frames per second between the first and the last of them; NaN below two. */
    double fps() {
        return rows < 2 ? Double.NaN : (rows - 1) * 1e6 / (lastMicros - firstMicros);
    }

    /** Tracked frames in the last whole second; 0 before it. */
    int currentFps() {
        Map.Entry<Long, Integer> last = framesBySecond.lastEntry();
        Map.Entry<Long, Integer> whole = last == null ? null : framesBySecond.lowerEntry(last.getKey());
        return whole == null ? 0 : whole.getValue();
    }

    /** Median latency of the last second, milliseconds; NaN before it. */
    double currentLatencyMillis() {
        return latencyBySecond.isEmpty()
                ? Double.NaN
                : percentiles(latencyBySecond.lastEntry().getValue()).p50();
    }

    Percentiles latencyMillis() {
        return Percentiles.of(latencyBySecond.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .toArray());
    }

    Series latency(long startMicros) {
        return new Series(
                camera,
                latencyBySecond.entrySet().stream()
                        .map(second -> new Series.Point(
                                second.getKey() - startMicros / (double) SECOND_MICROS + 0.5,
                                percentiles(second.getValue()).p50()))
                        .toList());
    }

    /** Whole seconds only: the first and the last are cut off by the run's ends. */
    Series frameRate(long startMicros) {
        if (framesBySecond.size() <= 2) {
            return new Series(camera, List.of());
        }
        List<Series.Point> points = new ArrayList<>();
        for (long second = framesBySecond.firstKey() + 1; second < framesBySecond.lastKey(); second++) {
            points.add(new Series.Point(
                    second - startMicros / (double) SECOND_MICROS + 0.5, framesBySecond.getOrDefault(second, 0)));
        }
        return new Series(camera, points);
    }

    private static Percentiles percentiles(List<Double> numbers) {
        return Percentiles.of(numbers.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
