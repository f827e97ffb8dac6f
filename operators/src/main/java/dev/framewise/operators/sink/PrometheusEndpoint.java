package dev.framewise.operators.sink;

import dev.framewise.schemas.BenchmarkRow;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;

/** A {@link BenchmarkPage} that Prometheus scrapes: {@code GET /metrics}, all interfaces. Shown by one thread, scraped by any. */
final class PrometheusEndpoint implements AutoCloseable {
    private final BenchmarkPage page = new BenchmarkPage();
    private final HTTPServer server;

    /**
     * @param port to listen on; 0 for any free one
     * @throws IOException if the port is taken
     */
    PrometheusEndpoint(int port) throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(page);
        server = HTTPServer.builder().port(port).registry(registry).buildAndStart();
    }

    /** The port it listens on. */
    int port() {
        return server.getPort();
    }

    void show(BenchmarkRow row) {
        page.show(row);
    }

    @Override
    public void close() {
        server.close();
    }
}
