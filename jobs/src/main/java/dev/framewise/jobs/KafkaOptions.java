package dev.framewise.jobs;

import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that every job has. Setters return the options, so that code reads like the command line. Not thread-safe. */
public abstract class KafkaOptions<T extends KafkaOptions<T>> {
    /** Where reading starts. */
    public enum Start {
        /** Where this consumer group committed last; at the beginning if it never did. */
        COMMITTED,
        /** At the beginning of every topic. */
        EARLIEST,
        /** With what comes from now on. */
        LATEST
    }

    @Spec
    CommandSpec spec;

    private String bootstrapServers = "localhost:9092";
    private String name;
    private Start start = Start.COMMITTED;
    private boolean bounded;
    private Duration checkpointInterval = Duration.ofSeconds(10);
    private Duration outOfOrderness = Duration.ofSeconds(1);
    private Duration idleness = Duration.ofSeconds(5);

    KafkaOptions(String name) {
        this.name = name;
    }

    abstract T self();

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:9092",
            description = "Kafka brokers, comma separated. Default: ${DEFAULT-VALUE}")
    public T bootstrapServers(String value) {
        bootstrapServers = value;
        return self();
    }

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the job, its consumer group and the prefix of its transactional ids; unique on the "
                    + "Kafka cluster. Default: the job's own name")
    public T name(String value) {
        name = value;
        return self();
    }

    @Option(
            names = "--start",
            defaultValue = "COMMITTED",
            description = "Where to start reading without a checkpoint: ${COMPLETION-CANDIDATES}. "
                    + "Default: ${DEFAULT-VALUE}")
    public T start(Start value) {
        start = value;
        return self();
    }

    @Option(
            names = "--bounded",
            description = "Stop at what is the end of the topics at the start: a replay. Default: run for ever")
    public T bounded(boolean value) {
        bounded = value;
        return self();
    }

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "DURATION",
            defaultValue = "PT10S",
            description = "Time between checkpoints, and so until exactly-once records are visible; ISO 8601, at "
                    + "least PT0.1S. Default: ${DEFAULT-VALUE}")
    public T checkpointInterval(Duration value) {
        checkpointInterval = atLeast(Duration.ofMillis(100), value, "--checkpoint-interval");
        return self();
    }

    @Option(
            names = "--out-of-orderness",
            paramLabel = "DURATION",
            defaultValue = "PT1S",
            description = "How far records of a partition may be out of order in event time; a frame that is "
                    + "missing is waited for as long. Default: ${DEFAULT-VALUE}")
    public T outOfOrderness(Duration value) {
        outOfOrderness = atLeast(Duration.ZERO, value, "--out-of-orderness");
        return self();
    }

    @Option(
            names = "--idleness",
            paramLabel = "DURATION",
            defaultValue = "PT5S",
            description = "After this long without a record event time goes on with the clock, so that a silent "
                    + "partition holds up nothing. "
                    + "Default: ${DEFAULT-VALUE}")
    public T idleness(Duration value) {
        idleness = atLeast(Duration.ofMillis(100), value, "--idleness");
        return self();
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public String name() {
        return name;
    }

    public Start start() {
        return start;
    }

    public boolean bounded() {
        return bounded;
    }

    public Duration checkpointInterval() {
        return checkpointInterval;
    }

    public Duration outOfOrderness() {
        return outOfOrderness;
    }

    public Duration idleness() {
        return idleness;
    }

    Duration atLeast(Duration least, Duration value, String option) {
        require(value.compareTo(least) >= 0, option, value, "at least " + least);
        return value;
    }

    /** A value out of its range is the caller's mistake: wrong usage on a command line, an illegal argument in code. */
    void require(boolean holds, String option, Object value, String allowed) {
        if (!holds) {
            String message = option + " is " + value + "; allowed: " + allowed;
            throw spec == null
                    ? new IllegalArgumentException(message)
                    : new ParameterException(spec.commandLine(), message);
        }
    }
}
