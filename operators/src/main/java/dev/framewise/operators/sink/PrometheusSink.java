package dev.framewise.operators.sink;

import dev.framewise.schemas.BenchmarkRow;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves benchmark rows to Prometheus from the TaskManager that runs it. To be run with parallelism 1: one page, one port. */
public final class PrometheusSink implements Sink<BenchmarkRow> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(PrometheusSink.class);

    private final int port;

    /**
     * @param port to listen on, all interfaces; 0 for any free one, named in the log
     */
    public PrometheusSink(int port) {
        this.port = port;
    }

    @Override
    public SinkWriter<BenchmarkRow> createWriter(WriterInitContext context) throws IOException {
        PrometheusEndpoint endpoint = new PrometheusEndpoint(port);
        LOG.info("benchmark metrics for Prometheus on port {}, path /metrics", endpoint.port());
        return new SinkWriter<>() {
            @Override
            public void write(BenchmarkRow row, Context unused) {
                endpoint.show(row);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {
                endpoint.close();
            }
        };
    }
}
