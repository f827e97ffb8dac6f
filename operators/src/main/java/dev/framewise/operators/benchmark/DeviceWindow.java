package dev.framewise.operators.benchmark;

import dev.framewise.schemas.BenchmarkRow;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.PowerSource;
import dev.framewise.schemas.Telemetry;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of one device over one window: one set per model, precision and provider, and the board's heat and power,
 * which all of them share.
 */
final class DeviceWindow {
    /** Stands for model, precision and provider where no frame was tracked. */
    private static final String NO_MODEL = "none";

    private static final ModelFigures NO_FRAMES = new ModelFigures(/* seconds= */ 0);

    /** What figures are kept apart by. Ordered, so that rows always come in the same order. */
    private record ModelKey(String model, String precision, String provider) implements Comparable<ModelKey> {
        @Override
        public int compareTo(ModelKey other) {
            int byModel = model.compareTo(other.model);
            int byPrecision = byModel != 0 ? byModel : precision.compareTo(other.precision);
            return byPrecision != 0 ? byPrecision : provider.compareTo(other.provider);
        }
    }

    private final Map<ModelKey, ModelFigures> models = new TreeMap<>();
    private int celsiusCount;
    private double celsiusSum;
    private double celsiusMax = Double.NEGATIVE_INFINITY;
    private int wattsCount;
    private double wattsSum;
    private boolean wattsEstimated;

    /**
     * Counts a tracked frame.
     *
     * @param second of the window, from 0, in which it was captured
     * @param seconds length of the window, rounded up
     */
    void add(InferenceSample sample, int second, int seconds) {
        ModelKey key = new ModelKey(sample.getModel(), sample.getPrecision(), sample.getProvider());
        models.computeIfAbsent(key, unused -> new ModelFigures(seconds))
                .add(second, sample.getFate() == Fate.INFERRED, sample.getLatencyMicros() / 1e3);
    }

    /** Counts a reading of the board; what it could not read counts for nothing. */
    void add(Telemetry telemetry) {
        Double celsius = telemetry.getSocCelsius();
        if (celsius != null && Double.isFinite(celsius)) {
            celsiusCount++;
            celsiusSum += celsius;
            celsiusMax = Math.max(celsiusMax, celsius);
        }
        Double watts = telemetry.getPowerWatts();
        if (watts != null && Double.isFinite(watts) && telemetry.getPowerSource() != PowerSource.ABSENT) {
            wattsCount++;
            wattsSum += watts;
            wattsEstimated |= telemetry.getPowerSource() == PowerSource.ESTIMATED;
        }
    }

    /**
     * One row per model, precision and provider. A window without a tracked frame has one row all the same, of the model
     * {@value #NO_MODEL}: a board that heat has stopped is hottest then.
     *
     * @param startMicros inclusive, event time
     * @param endMicros exclusive
     */
    List<BenchmarkRow> rows(String device, long startMicros, long endMicros) {
        List<BenchmarkRow> rows = new ArrayList<>();
        if (models.isEmpty()) {
            rows.add(row(device, new ModelKey(NO_MODEL, NO_MODEL, NO_MODEL), NO_FRAMES, startMicros, endMicros));
        }
        models.forEach((key, figures) -> rows.add(row(device, key, figures, startMicros, endMicros)));
        return rows;
    }

    private BenchmarkRow row(String device, ModelKey key, ModelFigures figures, long startMicros, long endMicros) {
        double meanFps = figures.frames() * 1e6 / (endMicros - startMicros);
        Double watts = wattsCount == 0 ? null : wattsSum / wattsCount;
        boolean seen = figures.frames() > 0;
        return new BenchmarkRow(
                device,
                key.model,
                key.precision,
                key.provider,
                startMicros,
                endMicros,
                figures.frames(),
                figures.inferredFrames(),
                meanFps,
                (double) figures.maxFps(),
                seen ? figures.minLatencyMillis() : null,
                seen ? figures.latencyMillis().getValueAtQuantile(0.5) : null,
                seen ? figures.latencyMillis().getValueAtQuantile(0.95) : null,
                seen ? figures.latencyMillis().getValueAtQuantile(0.99) : null,
                figures.latencyMillis().serialize(),
                celsiusCount == 0 ? null : celsiusSum / celsiusCount,
                celsiusCount == 0 ? null : celsiusMax,
                watts,
                wattsSource(),
                watts == null || watts <= 0 ? null : meanFps / watts);
    }

    private PowerSource wattsSource() {
        if (wattsCount == 0) {
            return PowerSource.ABSENT;
        }
        return wattsEstimated ? PowerSource.ESTIMATED : PowerSource.MEASURED;
    }

    /** Writes version 1. */
    void write(DataOutput out) throws IOException {
        out.writeInt(celsiusCount);
        out.writeDouble(celsiusSum);
        out.writeDouble(celsiusMax);
        out.writeInt(wattsCount);
        out.writeDouble(wattsSum);
        out.writeBoolean(wattsEstimated);
        out.writeInt(models.size());
        for (Map.Entry<ModelKey, ModelFigures> entry : models.entrySet()) {
            out.writeUTF(entry.getKey().model);
            out.writeUTF(entry.getKey().precision);
            out.writeUTF(entry.getKey().provider);
            entry.getValue().write(out);
        }
    }

    /** Reads version 1. */
    static DeviceWindow read(DataInput in) throws IOException {
        DeviceWindow window = new DeviceWindow();
        window.celsiusCount = in.readInt();
        window.celsiusSum = in.readDouble();
        window.celsiusMax = in.readDouble();
        window.wattsCount = in.readInt();
        window.wattsSum = in.readDouble();
        window.wattsEstimated = in.readBoolean();
        for (int left = in.readInt(); left > 0; left--) {
            ModelKey key = new ModelKey(in.readUTF(), in.readUTF(), in.readUTF());
            window.models.put(key, ModelFigures.read(in));
        }
        return window;
    }
}
