package dev.framewise.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuGroupTest {
    /** Names as they were seen in a run. */
    @ParameterizedTest
    @CsvSource({
        "admission -> inference -> tracking -> (tracks: Writer -> tracks: Committer) (2/2)#0, TASKS",
        "Source: frames (1/2)#0, TASKS",
        "Source Data Fetcher for Source: frames (2/2)#0, CONSUMERS",
        "kafka-producer-network-thread | producer-framewise-bench-0-tracks-1-2, PRODUCERS",
        "data-plane-kafka-request-handler-0, BROKER",
        "data-plane-kafka-network-thread-1-PLAINTEXT-PLAINTEXT-0, BROKER",
        "kafka-1-metadata-loader-event-handler, BROKER",
        "kafka-1-raft-io-thread, BROKER",
        "quorum-controller-1-event-handler, BROKER",
        "TxnMarkerSenderThread-1, BROKER",
        "AddPartitionsToTxnSenderThread-1, BROKER",
        "group-coordinator-event-processor-3, BROKER",
        "broker-1-to-controller-heartbeat-channel-manager, BROKER",
        "controller-1-to-controller-registration-channel-manager, BROKER",
        "C2 CompilerThread, COMPILER",
        "cpu-timeline, OBSERVER",
        "flink-pekko.actor.default-dispatcher-5, OTHER",
        "jobmanager-io-thread-1, OTHER",
        "Checkpoint Timer, OTHER",
        "main, OTHER"
    })
    void threadsAreToldApartByTheirNames(String name, CpuGroup expected) {
        assertThat(CpuGroup.of(name)).isEqualTo(expected);
    }
}
