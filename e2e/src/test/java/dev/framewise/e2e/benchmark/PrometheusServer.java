package dev.framewise.e2e.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real Prometheus on the files of deploy/, scraping a port of this machine once a second. */
final class PrometheusServer implements AutoCloseable {
    private static final Path DEPLOY = Path.of("..", "deploy", "prometheus");

    private final Process process;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    private PrometheusServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * @param directory for its settings, its data and its log; made if missing
     * @param scrapedPort where the benchmark job serves its page
     */
    static PrometheusServer start(Path directory, int scrapedPort) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        String settings = Files.readString(DEPLOY.resolve("prometheus.yml"));
        Files.writeString(
                directory.resolve("prometheus.yml"),
                settings.replace("localhost:9249", "127.0.0.1:" + scrapedPort).replace("15s", "1s"));
        Files.copy(DEPLOY.resolve("rules.yml"), directory.resolve("rules.yml"));
        int port = freePort();
        Process process = new ProcessBuilder(
                        PrometheusPackage.locate("prometheus").toString(),
                        "--config.file=prometheus.yml",
                        "--storage.tsdb.path=data",
                        "--web.listen-address=127.0.0.1:" + port)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        return new PrometheusServer(process, port);
    }

    /** The result of an instant query; missing where Prometheus does not answer yet. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        return get("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .at("/data/result");
    }

    /** Alerts that are pending or firing. */
    JsonNode alerts() throws IOException, InterruptedException {
        return get("alerts").at("/data/alerts");
    }

    private JsonNode get(String call) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + call))
                .build();
        return new ObjectMapper()
                .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, /* backlog= */ 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
