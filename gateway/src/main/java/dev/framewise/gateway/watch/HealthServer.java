package dev.framewise.gateway.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.framewise.gateway.GatewayException;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * {@code /healthz} and {@code /metrics} on localhost. Health is 200 while the gateway does what it is there for and 503 while
 * something is missing, with the same JSON in both cases. One thread of its own answers.
 */
public final class HealthServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What is asked for.
     *
     * @param healthy whether nothing is missing
     * @param details for people and scripts
     */
    public record Health(boolean healthy, Map<String, Object> details) {}

    private final HttpServer server;
    private final ExecutorService thread;
    private final Supplier<Health> health;

    /**
     * Begins to answer.
     *
     * @param port of localhost; 0 for any free one
     * @throws GatewayException if the port is taken
     */
    public HealthServer(int port, Supplier<Health> health, PrometheusRegistry metrics) {
        this.health = health;
        try {
            server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), /* backlog= */ 16);
        } catch (IOException e) {
            throw new GatewayException(
                    "health.port " + port + " cannot be used (" + e.getMessage()
                            + "); is another gateway running? Give this one another port, or 0 for none",
                    e);
        }
        thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "health");
            made.setDaemon(true);
            return made;
        });
        server.createContext("/healthz", this::healthz);
        server.createContext("/metrics", new MetricsHandler(metrics));
        server.setExecutor(thread);
        server.start();
    }

    /** The port in use. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(/* delay= */ 0);
        thread.shutdownNow();
    }

    private void healthz(HttpExchange exchange) throws IOException {
        Health now = health.get();
        byte[] body = JSON.writeValueAsBytes(now.details());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(now.healthy() ? 200 : 503, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
