package dev.framewise.local.report;

import dev.framewise.schemas.BenchmarkRow;
import dev.framewise.schemas.Fate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * A {@link DemoReport} as one page that needs nothing else: pictures, charts and tables inlined, light and dark. The
 * look is {@code report.css} beside this class.
 */
public final class HtmlReport {
    /** Where the plain throttle law begins and where it stops the camera, degrees Celsius. */
    private static final List<Double> HEAT_LIMITS = List.of(75.0, 85.0);

    /** Shown even where nobody met them; the others are news. */
    private static final Set<Fate> USUAL_FATES = EnumSet.of(Fate.INFERRED, Fate.PREDICTED, Fate.THROTTLED);

    private final DemoReport report;
    private final StringBuilder page = new StringBuilder(1 << 20);

    private HtmlReport(DemoReport report) {
        this.report = report;
    }

    /** Writes the page, replacing what was there. */
    public static void write(DemoReport report, Path file) throws IOException {
        Files.writeString(file, of(report));
    }

    /** The page. */
    public static String of(DemoReport report) throws IOException {
        return new HtmlReport(report).render();
    }

    private String render() throws IOException {
        page.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Framewise demo</title>")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .append("<meta name=\"color-scheme\" content=\"light dark\"><style>")
                .append(css())
                .append("</style></head><body><main><header><h1>Framewise demo</h1><p>")
                .append(format(
                        "%d cameras, %d boards, one JVM: gateways, Kafka, Flink. %s s from the command to the end, first"
                                + " track after %s s.",
                        report.cameras().size(),
                        report.devices().size(),
                        Figures.of(report.elapsedSeconds(), 0),
                        Figures.of(report.firstTrackSeconds(), 1)))
                .append("</p></header>");
        tiles();
        pictures();
        charts();
        ledger();
        boards();
        cost();
        windows();
        return page.append("</main></body></html>\n").toString();
    }

    private void tiles() {
        long captured =
                report.cameras().stream().mapToLong(CameraReport::captured).sum();
        double fps = report.cameras().stream()
                .mapToDouble(CameraReport::fps)
                .filter(Double::isFinite)
                .sum();
        DoubleStream medians = report.cameras().stream()
                .mapToDouble(camera -> camera.latencyMillis().p50());
        OptionalDouble peak = report.devices().stream()
                .flatMapToDouble(device -> device.peakCelsius().stream())
                .max();
        boolean balanced = report.imbalances().isEmpty();
        page.append("<section class=\"tiles\">");
        tile("frames captured", Figures.of(captured), "");
        tile("tracked frames per second", Figures.of(fps, 1), "");
        tile(
                "slowest median latency",
                Figures.of(medians.filter(Double::isFinite).max(), 0),
                "ms");
        tile("hottest board", Figures.of(peak, 1), "°C");
        tile("ledger", balanced ? "balanced" : "short", balanced ? "" : "!");
        page.append("</section>");
        for (String problem : report.imbalances()) {
            page.append("<p class=\"problem\">").append(Html.escape(problem)).append("</p>");
        }
    }

    private void tile(String name, String value, String unit) {
        page.append(format(
                "<div class=\"tile\"><span>%s</span><b>%s<small> %s</small></b></div>",
                Html.escape(name), value, unit));
    }

    private void pictures() {
        page.append("<section class=\"pictures\">");
        for (CameraReport camera : report.cameras()) {
            camera.picture().ifPresent(picture -> page.append("<figure class=\"card\">")
                    .append(picture.svg())
                    .append("<figcaption>")
                    .append(Html.escape(picture.caption()))
                    .append("; dashed: coasted</figcaption></figure>"));
        }
        page.append("</section>");
    }

    private void charts() {
        List<CameraReport> cameras = report.cameras();
        page.append("<section class=\"charts\">");
        chart(new LineChart(
                "Latency, capture to track, median of each second",
                "ms",
                OptionalDouble.empty(),
                List.of(),
                cameras.stream().map(CameraReport::latency).toList()));
        chart(new LineChart(
                "Tracked frames in each second",
                "fps",
                OptionalDouble.empty(),
                List.of(),
                cameras.stream().map(CameraReport::frameRate).toList()));
        chart(new LineChart(
                "Temperature of the SoC",
                "°C",
                OptionalDouble.of(20),
                HEAT_LIMITS,
                report.devices().stream().map(DeviceReport::temperature).toList()));
        page.append("</section>");
    }

    private void chart(LineChart chart) {
        page.append("<figure class=\"card\"><figcaption><b>")
                .append(Html.escape(chart.title()))
                .append("</b>");
        for (int i = 0; i < chart.series().size(); i++) {
            page.append(format(
                    "<span class=\"key c%d\">%s</span>",
                    i % LineChart.COLOURS + 1, Html.escape(chart.series().get(i).name())));
        }
        page.append("</figcaption>").append(chart.svg()).append("</figure>");
    }

    private void ledger() {
        List<Fate> fates = Arrays.stream(Fate.values())
                .filter(fate -> USUAL_FATES.contains(fate)
                        || report.cameras().stream().anyMatch(camera -> camera.fate(fate) > 0))
                .toList();
        HtmlTable table = new HtmlTable("camera", "captured");
        for (Fate fate : fates) {
            table.column(fate.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        table.column("fps").column("p50 ms").column("p95 ms").column("p99 ms").column("tracks");
        for (CameraReport camera : report.cameras()) {
            table.row().cell(camera.camera()).cell(Figures.of(camera.captured()));
            for (Fate fate : fates) {
                table.cell(camera.fate(fate) == 0 ? "·" : Figures.of(camera.fate(fate)));
            }
            table.cell(Figures.of(camera.fps(), 1))
                    .cell(Figures.of(camera.latencyMillis().p50(), 1))
                    .cell(Figures.of(camera.latencyMillis().p95(), 1))
                    .cell(Figures.of(camera.latencyMillis().p99(), 1))
                    .cell(Figures.of(camera.tracks()));
        }
        section("Ledger: where every captured frame went", table);
    }

    private void boards() {
        HtmlTable table =
                new HtmlTable("board", "peak °C", "directives", "lowest frame rate", "fps/W", "source of watts");
        for (DeviceReport device : report.devices()) {
            table.row()
                    .cell(device.device())
                    .cell(Figures.of(device.peakCelsius(), 1))
                    .cell(Figures.of(device.directives()))
                    .cell(Figures.of(100 * device.lowestFrameRateFactor(), 0) + " %")
                    .cell(Figures.of(device.fpsPerWatt(), 2))
                    .cell(device.wattsSource().name().toLowerCase(Locale.ROOT));
        }
        section("Boards", table);
    }

    private void cost() {
        double most = report.cpuMillisPerFrame().values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        String bars = report.cpuMillisPerFrame().entrySet().stream()
                .map(stage -> format(
                        "<div class=\"bar\"><span>%s</span><i style=\"width:%.1f%%\"></i><b>%s ms</b></div>",
                        Html.escape(stage.getKey()), 60 * stage.getValue() / most, Figures.of(stage.getValue(), 2)))
                .collect(Collectors.joining());
        page.append("<section class=\"card\"><h2>Cost of a frame, by stage</h2>")
                .append(bars);
        page.append(
                "<p>Stages: CPU time on the task's thread, per tracked frame. Process: CPU time of the whole JVM from the"
                        + " first frame on, broker, gateways and everything else included, per captured frame.</p></section>");
    }

    private void windows() {
        HtmlTable table = new HtmlTable(
                "board",
                "model",
                "precision",
                "window",
                "frames",
                "mean fps",
                "max fps",
                "p50 ms",
                "p99 ms",
                "°C",
                "W",
                "fps/W");
        long start = report.windows().stream()
                .mapToLong(BenchmarkRow::getWindowStartMicros)
                .min()
                .orElse(0);
        for (BenchmarkRow row : report.windows()) {
            table.row()
                    .cell(row.getDevice())
                    .cell(row.getModel())
                    .cell(row.getPrecision())
                    .cell(format(
                            "%d to %d s",
                            (row.getWindowStartMicros() - start) / 1_000_000,
                            (row.getWindowEndMicros() - start) / 1_000_000))
                    .cell(Figures.of(row.getFrames()))
                    .cell(Figures.of(row.getMeanFps(), 1))
                    .cell(Figures.of(row.getMaxFps(), 0))
                    .cell(orDash(row.getLatencyP50Millis(), 1))
                    .cell(orDash(row.getLatencyP99Millis(), 1))
                    .cell(orDash(row.getCelsiusMean(), 1))
                    .cell(orDash(row.getWattsMean(), 1))
                    .cell(orDash(row.getFpsPerWatt(), 2));
        }
        section("Rows of the benchmark job", table);
    }

    private void section(String title, HtmlTable table) {
        page.append("<section class=\"card\"><h2>")
                .append(Html.escape(title))
                .append("</h2>")
                .append(table)
                .append("</section>");
    }

    private static String orDash(Double value, int decimals) {
        return Figures.of(value == null ? Double.NaN : value, decimals);
    }

    private static String css() throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
