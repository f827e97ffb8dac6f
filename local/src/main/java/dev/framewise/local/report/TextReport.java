package dev.framewise.local.report;

import dev.framewise.schemas.Fate;
import java.util.Locale;

/** A {@link DemoReport} as tables for the terminal. */
public final class TextReport {
    private TextReport() {}

    /** Cameras, boards and cost, one table each; lines end with a newline. */
    public static String of(DemoReport report) {
        return cameras(report) + "\n" + devices(report) + "\n" + cost(report);
    }

    private static TextTable cameras(DemoReport report) {
        TextTable table = new TextTable(
                "camera",
                "captured",
                "inferred",
                "coasted",
                "throttled",
                "other",
                "fps",
                "p50 ms",
                "p95 ms",
                "p99 ms",
                "tracks");
        for (CameraReport camera : report.cameras()) {
            long inferred = camera.fate(Fate.INFERRED);
            long coasted = camera.fate(Fate.PREDICTED) + camera.fate(Fate.INTERPOLATED);
            long throttled = camera.fate(Fate.THROTTLED);
            table.row(
                    camera.camera(),
                    Figures.of(camera.captured()),
                    Figures.of(inferred),
                    Figures.of(coasted),
                    Figures.of(throttled),
                    Figures.of(camera.accounted() - inferred - coasted - throttled),
                    Figures.of(camera.fps(), 1),
                    Figures.of(camera.latencyMillis().p50(), 1),
                    Figures.of(camera.latencyMillis().p95(), 1),
                    Figures.of(camera.latencyMillis().p99(), 1),
                    Figures.of(camera.tracks()));
        }
        return table;
    }

    private static TextTable devices(DemoReport report) {
        TextTable table = new TextTable("board", "peak °C", "directives", "lowest rate", "fps/W", "watts");
        for (DeviceReport device : report.devices()) {
            table.row(
                    device.device(),
                    Figures.of(device.peakCelsius(), 1),
                    Figures.of(device.directives()),
                    Figures.of(100 * device.lowestFrameRateFactor(), 0) + " %",
                    Figures.of(device.fpsPerWatt(), 2),
                    device.wattsSource().name().toLowerCase(Locale.ROOT));
        }
        return table;
    }

    private static TextTable cost(DemoReport report) {
        TextTable table = new TextTable("ms per frame", "");
        report.cpuMillisPerFrame().forEach((stage, millis) -> table.row(stage, Figures.of(millis, 2)));
        return table;
    }
}
