package dev.framewise.benchmarks.gateway;

import dev.framewise.benchmarks.BenchOutput;
import dev.framewise.benchmarks.Figure;
import dev.framewise.benchmarks.gateway.LiveReader.Arrival;
import dev.framewise.gateway.capture.SteadyWallClock;
import dev.framewise.schemas.RecordFormatException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Kafka goes away and comes back, again and again: live frames while the backlog is sent, and for as long afterwards, so that
 * whatever else the machine does meets both alike. Each backlog is made at speed, by cameras that are twenty times as fast meanwhile.
 */
final class Outages {
    private static final int SPEED = 20;
    /** What an outage of ten minutes leaves. */
    private static final int TEN_MINUTES_SECONDS = 600;

    private static final double P99 = 0.99;
    /** After a drain, before what follows counts as normal. */
    private static final long REST_MICROS = TimeUnit.SECONDS.toMicros(1);

    private final GatewayProcess gateway;
    private final MjpegCamera[] cameras;
    private final LiveReader reader;
    private final int backlog;
    private final BenchOutput output;
    private final LatencySample normal = new LatencySample();
    private final LatencySample draining = new LatencySample();
    private double drainSeconds;
    private long replayed;

    /** @param backlog records of each outage */
    Outages(GatewayProcess gateway, MjpegCamera[] cameras, LiveReader reader, int backlog, BenchOutput output) {
        this.gateway = gateway;
        this.cameras = cameras.clone();
        this.reader = reader;
        this.backlog = backlog;
        this.output = output;
    }

    /** Kafka is away: waits until enough waits on the disk. */
    void away() throws IOException, InterruptedException {
        gateway.await("framewise_gateway_kafka_up", up -> up == 0);
        Stream.of(cameras).forEach(camera -> camera.speed(SPEED));
        gateway.await("framewise_gateway_outbox_records", records -> records >= backlog);
        Stream.of(cameras).forEach(camera -> camera.speed(1));
        collectGarbage();
    }

    /** Kafka is back: waits until the backlog is sent, and as long a time once more. */
    void back() throws IOException, InterruptedException, RecordFormatException {
        gateway.await("framewise_gateway_kafka_up", up -> up > 0);
        long back = SteadyWallClock.micros(Instant.now());
        List<Arrival> arrivals = new ArrayList<>();
        // once a second, and as long afterwards: watching costs both alike
        do {
            TimeUnit.SECONDS.sleep(1);
            arrivals.addAll(reader.take());
        } while (gateway.metric("framewise_gateway_outbox_records").orElse(1) > 0);
        long drained = arrivals.stream()
                .filter(Arrival::replayed)
                .mapToLong(Arrival::arrivedMicros)
                .max()
                .orElseThrow(() -> new IOException("no frame was replayed"));
        collectGarbage();
        long end = drained + REST_MICROS + Math.max(REST_MICROS, drained - back);
        while (SteadyWallClock.micros(Instant.now()) < end) {
            TimeUnit.SECONDS.sleep(1);
            arrivals.addAll(reader.take());
            gateway.metric("framewise_gateway_outbox_records");
        }
        // what was under way at the end
        TimeUnit.SECONDS.sleep(1);
        arrivals.addAll(reader.take());
        note(arrivals, back, drained, end);
    }

    /** Of this process, which is broker, cameras and reader: its pauses are none of the gateway's. */
    private static void collectGarbage() {
        System.gc();
    }

    private void note(List<Arrival> arrivals, long back, long drained, long end) {
        // the reader has to find Kafka again, too; what came before Kafka went away was not taken yet
        long reading = arrivals.stream()
                .mapToLong(Arrival::arrivedMicros)
                .filter(arrived -> arrived >= back)
                .min()
                .orElse(back);
        LatencySample meanwhile = new LatencySample();
        meanwhile.add(arrivals, reading, drained);
        LatencySample afterwards = new LatencySample();
        afterwards.add(arrivals, drained + REST_MICROS, end);
        long records = arrivals.stream()
                .filter(arrival -> arrival.replayed() && arrival.arrivedMicros() >= back)
                .count();
        output.progress(String.format(
                Locale.ROOT,
                "%d records sent in %.1f s; %d live frames meanwhile: p50 %.2f, p99 %.2f ms; %d afterwards: %.2f, %.2f ms",
                records,
                (drained - back) / 1e6,
                meanwhile.size(),
                meanwhile.quantile(0.5),
                meanwhile.quantile(P99),
                afterwards.size(),
                afterwards.quantile(0.5),
                afterwards.quantile(P99)));
        draining.add(meanwhile);
        normal.add(afterwards);
        drainSeconds += (drained - back) / 1e6;
        replayed += records;
    }

    /** Of all of them. */
    List<Figure> figures(int framesPerSecond) {
        double rate = replayed / drainSeconds;
        List<Figure> figures = new ArrayList<>(List.of(
                Figure.of("gateway.drain.replayed", (double) replayed, "records"),
                Figure.of("gateway.drain.rate", rate, "records a second"),
                Figure.of(
                        "gateway.drain.tenMinutes",
                        TEN_MINUTES_SECONDS * framesPerSecond / rate,
                        "s, for what ten minutes leave"),
                Figure.of("gateway.latency.frames", normal.size(), "live frames, normally"),
                Figure.of("gateway.drain.latency.frames", draining.size(), "live frames")));
        for (int percent : new int[] {50, 90, 99}) {
            double usual = normal.quantile(percent / 100.0);
            figures.add(Figure.of("gateway.latency.p" + percent + "Millis", usual, "ms, capture to reader"));
            figures.add(Figure.of(
                            "gateway.drain.latency.p" + percent + "Millis",
                            draining.quantile(percent / 100.0),
                            "ms, capture to reader")
                    .against("normal", usual));
        }
        double[] interval = draining.ratioInterval(normal, P99);
        figures.add(Figure.of("gateway.drain.latency.p99Ratio.low", interval[0], "of 95 % confidence, by seconds"));
        figures.add(Figure.of("gateway.drain.latency.p99Ratio.high", interval[1], "of 95 % confidence, by seconds"));
        return figures;
    }
}
