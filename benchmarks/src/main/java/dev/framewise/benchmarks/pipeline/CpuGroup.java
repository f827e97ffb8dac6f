package dev.framewise.benchmarks.pipeline;

import java.util.regex.Pattern;

/** Whom CPU time belongs to, told by the name of a thread. */
public enum CpuGroup {
    /** Kafka's fetchers in the sources. */
    CONSUMERS("kafka-admin-client-thread.*|Source Data Fetcher.*"),
    /** Kafka's producers in the sinks. */
    PRODUCERS("kafka-producer-network-thread.*"),
    /** Flink's tasks: the pipeline itself, the network included. */
    TASKS(".+ \\(\\d+/\\d+\\)#\\d+"),
    /** The embedded broker and its controller. */
    BROKER("(data-plane|kafka|controller|quorum|raft|broker|transaction|group|executor|ExpirationReaper|metadata|share"
            + "|forwarding|NodeToController|alter|log|metrics-meter)-.*"
            + "|(TxnMarkerSender|AddPartitionsToTxnSender)Thread.*|LogDirFailureHandler"),
    /** The JIT compiler, which falls silent once a process is warm. */
    COMPILER("C[12] Compiler.*"),
    /** The reading of these very times, which no pipeline has to pay. */
    OBSERVER(CpuTimeline.THREAD),
    /** Everything else that runs Java: Flink's JobManager, TaskManager and timers. */
    OTHER(".*"),
    /** What is left of the process: the garbage collector, above all. */
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
