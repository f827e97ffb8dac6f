package dev.framewise.e2e.outage;

import dev.framewise.local.report.Percentiles;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A frame as it arrived.
 *
 * @param record as Kafka holds it, stamped by the broker's clock, which is that of the gateway
 */
record Arrived(ConsumerRecord<byte[], byte[]> record, Frame frame) {

    /** One camera in one run of the gateway. */
    record Run(String camera, long bootEpoch) {}

    /** All that a broker holds; those of a camera in the order of their arrival. */
    static List<Arrived> all(String bootstrapServers) throws RecordFormatException {
        RecordCodec<Frame> codec = new RecordCodec<>(Frame.class);
        List<Arrived> all = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : Topics.read(bootstrapServers, Topic.FRAMES)) {
            all.add(new Arrived(record, codec.decode(record.value())));
        }
        return all;
    }

    /**
     * From capture to Kafka, milliseconds: the 99th percentile of each second's live frames, and of these the median, which a second
     * in which the machine does something else does not move.
     */
    static double p99Millis(List<Arrived> all, double fromMillis, double toMillis) {
        Map<Long, List<Double>> bySecond = all.stream()
                .filter(arrived -> !arrived.frame.getReplayed()
                        && arrived.capturedMillis() >= fromMillis
                        && arrived.capturedMillis() < toMillis)
                .collect(Collectors.groupingBy(
                        arrived -> (long) (arrived.capturedMillis() - fromMillis) / 1_000,
                        Collectors.mapping(
                                arrived -> arrived.record.timestamp() - arrived.capturedMillis(),
                                Collectors.toList())));
        double[] seconds = bySecond.values().stream()
                .map(latencies ->
                        latencies.stream().mapToDouble(Double::doubleValue).toArray())
                .mapToDouble(latencies -> Percentiles.of(latencies).p99())
                .toArray();
        return Percentiles.of(seconds).p50();
    }

    double capturedMillis() {
        return frame.getCapturedAtMicros() / 1e3;
    }

    String camera() {
        return frame.getCamera();
    }

    Run run() {
        return new Run(frame.getCamera(), frame.getBootEpoch());
    }
}
