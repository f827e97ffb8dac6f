package dev.framewise.local.demo;

import dev.framewise.local.StageCosts;
import dev.framewise.local.report.AnnotatedPicture;
import dev.framewise.local.report.CameraReport;
import dev.framewise.local.report.DemoReport;
import dev.framewise.local.report.DeviceReport;
import dev.framewise.local.report.Figures;
import dev.framewise.schemas.BenchmarkRow;
import dev.framewise.schemas.Directive;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.LedgerWindow;
import dev.framewise.schemas.Telemetry;
import dev.framewise.schemas.TrackRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;

/**
 * All that the result topics have said so far. Records go in from the collector's thread, the status and the report come out
 * on the main thread: every method holds the lock.
 */
final class DemoState {
    private final LongSupplier nanoTicker;
    private final long startNanos;
    private final Map<String, CameraState> cameras = new TreeMap<>();
    private final Map<String, DeviceState> devices = new TreeMap<>();
    private final List<BenchmarkRow> windows = new ArrayList<>();
    private final StageCosts costs = new StageCosts();
    private double firstTrackSeconds = Double.NaN;

    /**
     * @param nanoTicker a monotonic clock
     * @param startNanos its reading when the command began
     */
    DemoState(LongSupplier nanoTicker, long startNanos) {
        this.nanoTicker = nanoTicker;
        this.startNanos = startNanos;
    }

    /** Takes in a record of any result topic. */
    synchronized void accept(SpecificRecord record) {
        if (record instanceof TrackRow row) {
            if (Double.isNaN(firstTrackSeconds) && !row.getBoxes().isEmpty()) {
                firstTrackSeconds = elapsedSeconds();
            }
            camera(row.getCamera()).accept(row);
        } else if (record instanceof InferenceSample sample) {
            camera(sample.getCamera()).accept(sample);
            costs.accept(sample);
        } else if (record instanceof LedgerWindow window) {
            camera(window.getCamera()).accept(window);
        } else if (record instanceof Telemetry reading) {
            device(reading.getDevice()).accept(reading);
        } else if (record instanceof Directive directive) {
            device(directive.getDevice()).accept(directive);
        } else if (record instanceof BenchmarkRow row) {
            windows.add(row);
        } else {
            throw new IllegalArgumentException(
                    "no result topic carries " + record.getSchema().getFullName());
        }
    }

    /** Seconds since the command began. */
    double elapsedSeconds() {
        return (nanoTicker.getAsLong() - startNanos) / 1e9;
    }

    /** Seconds from the command to the first committed row with a track; NaN before it. */
    synchronized double firstTrackSeconds() {
        return firstTrackSeconds;
    }

    /** The tracked frame with the most tracks; empty before the camera's first. */
    synchronized Optional<TrackRow> bestRow(String camera) {
        return Optional.ofNullable(camera(camera).best());
    }

    /** One line about now: cameras with frame rate and latency, boards with temperature and what they may do. */
    synchronized String status() {
        List<String> parts = new ArrayList<>();
        cameras.forEach((name, camera) -> parts.add(name + " " + camera.currentFps() + " fps "
                + Figures.of(camera.currentLatencyMillis(), 0) + " ms, " + camera.tracks() + " tracks"));
        devices.forEach((name, device) -> parts.add(name + " " + Figures.of(device.currentCelsius(), 1) + " °C, rate "
                + Figures.of(100 * device.currentFactor(), 0) + " %"));
        return String.join(" | ", parts);
    }

    /**
     * The report.
     *
     * @param captured frames by camera, as the gateways counted them; cameras that are missing here are left out
     * @param pictures by camera
     * @param processCpuMillisPerFrame CPU time of the whole process per captured frame
     */
    synchronized DemoReport report(
            Map<String, Long> captured, Map<String, AnnotatedPicture> pictures, double processCpuMillisPerFrame) {
        long startMicros = cameras.values().stream()
                .mapToLong(CameraState::firstMicros)
                .min()
                .orElse(0);
        List<CameraReport> cameraReports = new ArrayList<>();
        new TreeMap<>(captured)
                .forEach((name, count) ->
                        cameraReports.add(report(name, count, startMicros, Optional.ofNullable(pictures.get(name)))));
        List<DeviceReport> deviceReports = new ArrayList<>();
        devices.forEach((name, device) -> deviceReports.add(device.report(startMicros, fpsOf(name))));
        windows.sort(Comparator.comparing(BenchmarkRow::getDevice).thenComparing(BenchmarkRow::getWindowStartMicros));
        Map<String, Double> cost = new LinkedHashMap<>(costs.millisPerFrame());
        cost.put("process", processCpuMillisPerFrame);
        return new DemoReport(cameraReports, deviceReports, windows, cost, elapsedSeconds(), firstTrackSeconds);
    }

    private CameraReport report(String name, long captured, long startMicros, Optional<AnnotatedPicture> picture) {
        CameraState camera = camera(name);
        return new CameraReport(
                name,
                camera.device(),
                captured,
                camera.fates(),
                camera.tracks(),
                camera.fps(),
                camera.latencyMillis(),
                camera.latency(startMicros),
                camera.frameRate(startMicros),
                picture);
    }

    private double fpsOf(String device) {
        return cameras.values().stream()
                .filter(camera -> camera.device().equals(device))
                .mapToDouble(CameraState::fps)
                .filter(Double::isFinite)
                .sum();
    }

    private CameraState camera(String name) {
        return cameras.computeIfAbsent(name, CameraState::new);
    }

    private DeviceState device(String name) {
        return devices.computeIfAbsent(name, DeviceState::new);
    }
}
