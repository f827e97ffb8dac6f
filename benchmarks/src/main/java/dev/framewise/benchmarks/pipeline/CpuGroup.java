package dev.framewise.benchmarks.pipeline;

import java.util.regex.Pattern;

/** Whom CPU time belongs to, told by the name of a thread. */
enum CpuGroup {
    /** Flink's tasks: the pipeline itself, the network included. */
    TASKS(".+ \\(\\d+/\\d+\\)#\\d+"),
    /** Fetchers and producers of Kafka in the tasks. */
    CLIENTS("kafka-producer-network-thread.*|kafka-admin-client-thread.*|Source Data Fetcher.*"),
    /** The embedded broker and its controller. */
    BROKER("data-plane-.*|kafka-.*|controller-.*|quorum-.*|raft-.*|broker-.*|transaction-.*|group-.*"
            + "|(executor|ExpirationReaper|metadata|TxnMarkerSenderThread|share|forwarding|NodeToController|alter|log)-.*"
            + "|LogDirFailureHandler|SessionEvictor.*|BrokerTo.*"),
    /** Everything else that runs Java: Flink's JobManager, TaskManager and timers, and this benchmark. */
    OTHER(".*"),
    /** What is no Java thread: compiler and garbage collector. */
    JVM("");

    private final Pattern names;

    CpuGroup(String names) {
        this.names = Pattern.compile(names);
    }

    /** The first group whose pattern the name matches. */
    static CpuGroup of(String threadName) {
        for (CpuGroup group : values()) {
            if (group.names.matcher(threadName).matches()) {
                return group;
            }
        }
        return OTHER;
    }
}
