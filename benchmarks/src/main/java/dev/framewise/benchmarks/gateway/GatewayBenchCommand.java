package dev.framewise.benchmarks.gateway;

import dev.framewise.benchmarks.BenchOutput;
import dev.framewise.benchmarks.Figure;
import dev.framewise.local.Home;
import dev.framewise.local.WorkFolder;
import dev.framewise.local.kafka.EmbeddedKafka;
import dev.framewise.schemas.RecordFormatException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code framewise bench gateway}: see the package. */
@Command(
        name = "gateway",
        description = "What a gateway costs, what an outage makes it write, what the backlog does to live frames.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class GatewayBenchCommand implements Callable<Integer> {
    private static final int FRAMES_PER_SECOND = 15;
    private static final int WARM_UP_SECONDS = 20;
    private static final double CORE_LIMIT_PERCENT = 5;
    private static final double RSS_LIMIT_MEGABYTES = 200;
    private static final double WRITES_LIMIT = 1;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description =
                    "That all is well, and that Kafka is away before the cameras hurry. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--outages",
            defaultValue = "3",
            description = "Times that Kafka is away. Default: ${DEFAULT-VALUE}")
    private int outages;

    @Option(
            names = "--backlog",
            defaultValue = "5000",
            description = "Records that each outage leaves; ten minutes of it leave 18000. Default: ${DEFAULT-VALUE}")
    private int backlog;

    @Option(
            names = "--reconnects",
            defaultValue = "1000",
            description = "Times that a camera drops the line. Default: ${DEFAULT-VALUE}")
    private int reconnects;

    @Mixin
    private BenchOutput output;

    @Override
    public Integer call() throws IOException, InterruptedException, RecordFormatException {
        output.atLeast(/* least= */ 5, seconds, "--seconds");
        output.atLeast(/* least= */ 1, outages, "--outages");
        output.atLeast(/* least= */ 100, backlog, "--backlog");
        output.atLeast(/* least= */ 1, reconnects, "--reconnects");
        List<Figure> figures = new ArrayList<>(outages());
        output.progress(reconnects + " reconnects");
        figures.addAll(Reconnects.run(reconnects));
        output.progress("the device's own loop");
        figures.addAll(EdgeReference.run());
        output.show(figures);
        return 0;
    }

    private List<Figure> outages() throws IOException, InterruptedException, RecordFormatException {
        try (WorkFolder work = WorkFolder.empty(Home.directory().resolve(".framewise/bench-gateway"));
                MjpegCamera one = new MjpegCamera(FRAMES_PER_SECOND, Long.MAX_VALUE);
                MjpegCamera two = new MjpegCamera(FRAMES_PER_SECOND, Long.MAX_VALUE)) {
            EmbeddedKafka kafka = EmbeddedKafka.start(work.path().resolve("kafka"));
            try {
                kafka.createTopics(/* partitions= */ 2);
                int port = freePort();
                Path config = config(work.path(), kafka.bootstrapServers(), one, two, port);
                try (GatewayProcess gateway = GatewayProcess.start(config, port);
                        LiveReader reader = new LiveReader(kafka.bootstrapServers())) {
                    List<Figure> figures = new ArrayList<>();
                    figures.add(Figure.of("gateway.picture", one.bytes() / 1024, "KiB, 2 x 15 a second, 640x480"));
                    gateway.await("framewise_gateway_kafka_up", up -> up > 0);
                    output.progress("warming up");
                    TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
                    output.progress("all is well, " + seconds + " s");
                    figures.addAll(steady(gateway));
                    output.progress("Kafka is away, " + seconds + " s");
                    kafka.close();
                    figures.addAll(away(gateway));
                    Outages measured = new Outages(gateway, new MjpegCamera[] {one, two}, reader, backlog, output);
                    measured.away();
                    for (int outage = 1; outage <= outages; outage++) {
                        if (outage > 1) {
                            kafka.close();
                            measured.away();
                        }
                        output.progress("Kafka is back, outage " + outage + " of " + outages);
                        kafka = kafka.again();
                        measured.back();
                    }
                    figures.addAll(measured.figures(2 * FRAMES_PER_SECOND));
                    return figures;
                }
            } finally {
                kafka.close();
            }
        }
    }

    private List<Figure> steady(GatewayProcess gateway) throws IOException, InterruptedException {
        double cpu = gateway.cpuSeconds();
        double transactions = transactions(gateway);
        TimeUnit.SECONDS.sleep(seconds);
        double percent = 100 * (gateway.cpuSeconds() - cpu) / seconds;
        return List.of(
                Figure.of("gateway.cpu", percent, "% of a core").against("limit", CORE_LIMIT_PERCENT),
                Figure.of("gateway.rss", gateway.residentMegabytes(), "MiB").against("limit", RSS_LIMIT_MEGABYTES),
                Figure.of("gateway.writes", (transactions(gateway) - transactions) / seconds, "transactions a second")
                        .against("limit", WRITES_LIMIT));
    }

    private List<Figure> away(GatewayProcess gateway) throws IOException, InterruptedException {
        double cpu = gateway.cpuSeconds();
        double transactions = transactions(gateway);
        double written = gateway.writtenBytes();
        TimeUnit.SECONDS.sleep(seconds);
        return List.of(
                Figure.of("gateway.away.cpu", 100 * (gateway.cpuSeconds() - cpu) / seconds, "% of a core"),
                Figure.of("gateway.away.rss", gateway.residentMegabytes(), "MiB")
                        .against("limit", RSS_LIMIT_MEGABYTES),
                Figure.of(
                                "gateway.away.writes",
                                (transactions(gateway) - transactions) / seconds,
                                "transactions a second")
                        .against("limit", WRITES_LIMIT),
                Figure.of("gateway.away.written", (gateway.writtenBytes() - written) / seconds / 1024, "KiB a second"));
    }

    private static double transactions(GatewayProcess gateway) throws InterruptedException {
        return gateway.metric("framewise_gateway_outbox_transactions_total").orElse(0);
    }

    private static Path config(Path work, String bootstrap, MjpegCamera one, MjpegCamera two, int port)
            throws IOException {
        return Files.writeString(work.resolve("gateway.yml"), """
                device: bench-board
                stateDirectory: %s
                kafka: {bootstrap: "%s"}
                cameras:
                  - {name: bench-1, source: "%s"}
                  - {name: bench-2, source: "%s"}
                board: {kind: simulated}
                health: {port: %d}
                """.formatted(
                        work.resolve("state"), bootstrap, one.address(), two.address(), port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, /* backlog= */ 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
