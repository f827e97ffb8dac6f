package dev.framewise.local.demo;

import dev.framewise.local.kafka.TopicReader;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;

/** Reads every result topic into the {@link DemoState}, on a thread of its own, until it has read all or is closed. */
final class DemoCollector implements AutoCloseable {
    private static final List<Topic> TOPICS =
            List.of(Topic.TRACKS, Topic.SAMPLES, Topic.TELEMETRY, Topic.DIRECTIVES, Topic.BENCHMARKS, Topic.LEDGER);
    private static final Duration POLL = Duration.ofMillis(100);

    private final String bootstrapServers;
    private final DemoState state;
    private final Thread thread = new Thread(this::run, "demo-collector");
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile boolean finishing;
    private volatile boolean closed;

    DemoCollector(String bootstrapServers, DemoState state) {
        this.bootstrapServers = bootstrapServers;
        this.state = state;
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits until everything committed by now is in the state. The collector ends with it.
     *
     * @throws KafkaException if reading has failed, or takes longer
     */
    void finish(Duration atMost) throws InterruptedException {
        finishing = true;
        try {
            end.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException("reading the result topics", e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("the result topics were not read to their end within " + atMost, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (TopicReader reader = new TopicReader(bootstrapServers, TOPICS)) {
            while (!closed) {
                // Asked before the question for the end: what is committed in between is left to the next round.
                boolean last = finishing;
                reader.poll(POLL, state::accept);
                if (last && reader.atEnd()) {
                    break;
                }
            }
            end.complete(null);
        } catch (RecordFormatException | RuntimeException e) {
            end.completeExceptionally(e);
        }
    }
}
