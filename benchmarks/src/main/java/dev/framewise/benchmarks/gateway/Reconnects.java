package dev.framewise.benchmarks.gateway;

import dev.framewise.benchmarks.Figure;
import dev.framewise.gateway.Gateway;
import dev.framewise.gateway.GatewayParts;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.gateway.publish.OutRecord;
import dev.framewise.gateway.publish.RecordSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A camera whose line drops after two pictures, again and again: what is left of each time. In this process. */
final class Reconnects {
    private static final int PICTURES_PER_CALL = 2;
    private static final int WARM_UP = 100;
    private static final long PATIENCE_SECONDS = 600;

    private Reconnects() {}

    /** What the process holds. */
    private record Held(double residentMegabytes, double threads, double files) {}

    static List<Figure> run(int times) throws IOException, InterruptedException {
        GatewayParts real = GatewayParts.real();
        GatewayParts parts = new GatewayParts(
                real.wallClock(), real.nanoTicker(), nanos -> {}, real.sources(), kafka -> new Nowhere());
        List<Figure> figures = new ArrayList<>();
        try (MjpegCamera camera = new MjpegCamera(/* perSecond= */ 0, PICTURES_PER_CALL);
                Gateway gateway = new Gateway(
                        GatewayConfig.of(
                                "reconnects", "127.0.0.1:1", List.of(CameraSettings.of("c", camera.address()))),
                        parts)) {
            gateway.start();
            Held before = after(gateway, WARM_UP);
            Held after = after(gateway, WARM_UP + times);
            figures.add(Figure.of("gateway.reconnects", times, "times, after " + WARM_UP));
            figures.add(Figure.of("gateway.reconnects.rss.before", before.residentMegabytes(), "MiB"));
            figures.add(Figure.of("gateway.reconnects.rss.after", after.residentMegabytes(), "MiB")
                    .against("before", before.residentMegabytes()));
            figures.add(Figure.of("gateway.reconnects.threads.before", before.threads(), "threads"));
            figures.add(Figure.of("gateway.reconnects.threads.after", after.threads(), "threads"));
            figures.add(Figure.of("gateway.reconnects.files.before", before.files(), "file descriptors"));
            figures.add(Figure.of("gateway.reconnects.files.after", after.files(), "file descriptors"));
        }
        return figures;
    }

    private static Held after(Gateway gateway, long times) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (gateway.reopened() < times) {
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "only " + gateway.reopened() + " of " + times + " reconnects in " + PATIENCE_SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        System.gc();
        String status = Files.readString(Path.of("/proc/self/status"));
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return new Held(number(status, "VmRSS:\\s+(\\d+) kB") / 1024, number(status, "Threads:\\s+(\\d+)"), (double)
                    files.count());
        }
    }

    private static double number(String text, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in /proc/self/status");
        }
        return Double.parseDouble(matcher.group(1));
    }

    /** Takes everything and keeps nothing. */
    private static final class Nowhere implements RecordSink {
        @Override
        public void send(OutRecord record) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
