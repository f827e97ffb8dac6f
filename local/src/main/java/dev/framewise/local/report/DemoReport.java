package dev.framewise.local.report;

import dev.framewise.schemas.BenchmarkRow;
import java.util.List;
import java.util.Map;

/**
 * Everything a demo run ends with.
 *
 * @param cameras by name
 * @param devices by name
 * @param windows rows of the benchmark job, by device and time
 * @param cpuMillisPerFrame per stage, in the order of the pipeline; {@code process} is the whole JVM, broker and gateways included
 * @param elapsedSeconds wall time of the whole run, from the command to the last committed record
 * @param firstTrackSeconds wall time from the command to the first committed track row; NaN where there was none
 */
public record DemoReport(
        List<CameraReport> cameras,
        List<DeviceReport> devices,
        List<BenchmarkRow> windows,
        Map<String, Double> cpuMillisPerFrame,
        double elapsedSeconds,
        double firstTrackSeconds) {
    public DemoReport {
        cameras = List.copyOf(cameras);
        devices = List.copyOf(devices);
        windows = List.copyOf(windows);
    }

    /** What is wrong with the ledger, one line per camera; empty if every captured frame met exactly one fate. */
    public List<String> imbalances() {
        return cameras.stream().flatMap(camera -> camera.imbalance().stream()).toList();
    }
}
