package dev.framewise.local.report;

import dev.framewise.schemas.BenchmarkRow;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.PowerSource;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Made-up reports. */
final class TestingReports {
    private TestingReports() {}

    /** Two cameras, one of them throttled by its hot board; everything adds up. */
    static DemoReport balanced() throws IOException {
        CameraReport square = camera(
                "square",
                "board-a",
                Map.of(Fate.INFERRED, 300L, Fate.PREDICTED, 600L),
                900,
                second -> 24 + 6 * Math.sin(second / 7),
                second -> 10);
        CameraReport gate = camera(
                "gate <north>",
                "board-b",
                Map.of(Fate.INFERRED, 500L, Fate.THROTTLED, 398L, Fate.LATE, 2L, Fate.DUPLICATE, 5L),
                900,
                second -> 31 + 4 * Math.cos(second / 5),
                second -> second < 30 ? 10 : 6);
        Map<String, Double> cost = new TreeMap<>(Map.of("decode", 1.2, "inference", 14.9, "track", 0.05));
        return new DemoReport(
                List.of(square, gate),
                List.of(
                        new DeviceReport(
                                "board-a",
                                OptionalDouble.of(61.4),
                                /* directives= */ 3,
                                /* lowestFrameRateFactor= */ 1,
                                OptionalDouble.empty(),
                                PowerSource.ABSENT,
                                series("board-a", second -> 45 + second / 6)),
                        new DeviceReport(
                                "board-b",
                                OptionalDouble.of(80.25),
                                /* directives= */ 14,
                                /* lowestFrameRateFactor= */ 0.48,
                                OptionalDouble.of(1.234),
                                PowerSource.ESTIMATED,
                                series("board-b", second -> Math.min(80.25, 66 + second / 3)))),
                List.of(window("board-b")),
                cost,
                /* elapsedSeconds= */ 104.2,
                /* firstTrackSeconds= */ 11.5);
    }

    /** Like {@link #balanced()}, with one camera that captured three frames more than have a fate. */
    static DemoReport short3() throws IOException {
        DemoReport report = balanced();
        CameraReport gate = report.cameras().get(1);
        CameraReport more = new CameraReport(
                gate.camera(),
                gate.device(),
                gate.captured() + 3,
                gate.fates(),
                gate.tracks(),
                gate.fps(),
                gate.latencyMillis(),
                gate.latency(),
                gate.frameRate(),
                gate.picture());
        return new DemoReport(
                List.of(report.cameras().get(0), more),
                report.devices(),
                report.windows(),
                report.cpuMillisPerFrame(),
                report.elapsedSeconds(),
                report.firstTrackSeconds());
    }

    /** A run in which nothing came through: no reading, no row, no picture. */
    static DemoReport empty() {
        return new DemoReport(
                List.of(new CameraReport(
                        "dark",
                        "board-a",
                        /* captured= */ 0,
                        Map.of(),
                        /* tracks= */ 0,
                        Double.NaN,
                        Percentiles.NONE,
                        new Series("dark", List.of()),
                        new Series("dark", List.of()),
                        Optional.empty())),
                List.of(new DeviceReport(
                        "board-a",
                        OptionalDouble.empty(),
                        /* directives= */ 0,
                        /* lowestFrameRateFactor= */ 1,
                        OptionalDouble.empty(),
                        PowerSource.ABSENT,
                        new Series("board-a", List.of()))),
                List.of(),
                Map.of(),
                /* elapsedSeconds= */ 9,
                Double.NaN);
    }

    private static CameraReport camera(
            String name,
            String device,
            Map<Fate, Long> fates,
            long captured,
            DoubleUnaryOperator latency,
            DoubleUnaryOperator frameRate)
            throws IOException {
        return new CameraReport(
                name,
                device,
                captured,
                fates,
                /* tracks= */ 21,
                /* fps= */ 9.98,
                Percentiles.of(IntStream.rangeClosed(1, 100).asDoubleStream().toArray()),
                series(name, latency),
                series(name, frameRate),
                Optional.of(new AnnotatedPicture(
                        name,
                        /* sequence= */ 417,
                        jpeg(),
                        /* width= */ 768,
                        /* height= */ 576,
                        List.of(
                                new AnnotatedPicture.Box(7, 642, 239, 41, 83, /* detected= */ true),
                                new AnnotatedPicture.Box(12, 252, 220, 31, 87, /* detected= */ false),
                                new AnnotatedPicture.Box(131, 740, 2, 40, 90, /* detected= */ true)))));
    }

    private static Series series(String name, DoubleUnaryOperator value) {
        return new Series(
                name,
                IntStream.range(0, 90)
                        .mapToObj(second -> new Series.Point(second, value.applyAsDouble(second)))
                        .toList());
    }

    private static BenchmarkRow window(String device) {
        return BenchmarkRow.newBuilder()
                .setDevice(device)
                .setModel("yolox-nano-416")
                .setPrecision("fp32")
                .setProvider("cpu")
                .setWindowStartMicros(1_000_000_000L)
                .setWindowEndMicros(1_010_000_000L)
                .setFrames(100)
                .setInferredFrames(100)
                .setMeanFps(10)
                .setMaxFps(11)
                .setLatencyMinMillis(18.0)
                .setLatencyP50Millis(24.0)
                .setLatencyP95Millis(30.0)
                .setLatencyP99Millis(33.0)
                .setLatencySketch(ByteBuffer.allocate(0))
                .setWattsSource(PowerSource.ABSENT)
                .build();
    }

    private static byte[] jpeg() throws IOException {
        BufferedImage image = new BufferedImage(768, 576, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.DARK_GRAY, 0, 576, Color.LIGHT_GRAY));
        graphics.fillRect(0, 0, 768, 576);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return out.toByteArray();
    }
}
