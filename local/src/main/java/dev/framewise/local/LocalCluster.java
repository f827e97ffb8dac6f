package dev.framewise.local;

import dev.framewise.local.flink.EmbeddedFlink;
import dev.framewise.local.kafka.ConsumerLag;
import dev.framewise.local.kafka.EmbeddedKafka;
import dev.framewise.schemas.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.util.FlinkException;
import org.apache.kafka.common.KafkaException;

/** A broker with all topics and a Flink cluster, in this JVM. One thread starts, uses and closes it. */
public final class LocalCluster implements AutoCloseable {
    private static final int PARTITIONS = 2;
    private static final Duration POLL = Duration.ofMillis(100);

    private final EmbeddedKafka kafka;
    private final EmbeddedFlink flink;

    private LocalCluster(EmbeddedKafka kafka, EmbeddedFlink flink) {
        this.kafka = kafka;
        this.flink = flink;
    }

    /**
     * Starts both at once and creates the topics.
     *
     * @param directory for logs of topics and for checkpoints; made if missing, empty of earlier runs
     * @param slots of the TaskManager: the sum of the jobs' parallelisms
     */
    public static LocalCluster start(Path directory, int slots) throws IOException, FlinkException {
        CompletableFuture<EmbeddedKafka> starting = CompletableFuture.supplyAsync(() -> {
            try {
                EmbeddedKafka broker = EmbeddedKafka.start(directory.resolve("kafka"));
                broker.createTopics(PARTITIONS);
                return broker;
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
        EmbeddedFlink flink = null;
        try {
            flink = EmbeddedFlink.start(directory.resolve("flink"), slots);
            return new LocalCluster(starting.join(), flink);
        } catch (CompletionException e) {
            flink.close();
            throw new IOException("starting Kafka inside this JVM", e.getCause());
        } catch (FlinkException e) {
            starting.join().close();
            throw e;
        }
    }

    /** Address of the broker. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** The cluster for jobs. */
    public EmbeddedFlink flink() {
        return flink;
    }

    /**
     * Waits until a job has taken in everything that is in a topic now, and a checkpoint holds it.
     *
     * @param group the job's consumer group
     * @throws FlinkException if the job ends before
     * @throws KafkaException if it takes longer
     */
    public void awaitConsumed(JobID job, String group, Topic topic, Duration atMost)
            throws FlinkException, InterruptedException {
        long deadlineNanos = System.nanoTime() + atMost.toNanos();
        try (ConsumerLag lag = new ConsumerLag(kafka.bootstrapServers())) {
            for (long left = lag.of(group, topic); left > 0; left = lag.of(group, topic)) {
                if (flink.status(job).isGloballyTerminalState()) {
                    flink.awaitEnd(job, EmbeddedFlink.PATIENCE);
                    throw new FlinkException(
                            group + " ended with " + left + " records of " + topic.topicName() + " left");
                }
                if (System.nanoTime() > deadlineNanos) {
                    throw new KafkaException(
                            group + " has " + left + " records of " + topic.topicName() + " left after " + atMost);
                }
                Thread.sleep(POLL.toMillis());
            }
        }
    }

    /** Deletes every record of a topic that is there now; offsets go on from where they are. */
    public void empty(Topic topic) {
        kafka.empty(topic);
    }

    @Override
    public void close() throws FlinkException {
        try {
            flink.close();
        } finally {
            kafka.close();
        }
    }
}
