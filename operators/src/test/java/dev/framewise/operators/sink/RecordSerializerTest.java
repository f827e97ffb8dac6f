package dev.framewise.operators.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.schemas.BenchmarkRow;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.Topic;
import java.nio.charset.StandardCharsets;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RecordSerializerTest {
    private static final BenchmarkRow ROW = TestingRows.row("Tür-1", "nano", 0).build();

    @Test
    void theValueIsTheRecordAndTheKeyItsName() throws Exception {
        ProducerRecord<byte[], byte[]> record = serialize(row -> row.getDevice() + "|" + row.getModel());
        assertThat(record.topic()).isEqualTo("benchmarks");
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("Tür-1|nano");
        assertThat(new RecordCodec<>(BenchmarkRow.class).decode(record.value())).isEqualTo(ROW);
    }

    @Test
    void withoutAKeyTheRecordHasNone() throws Exception {
        assertThat(serialize(row -> null).key()).isNull();
    }

    @Test
    void partitionAndTimeAreKafkasToChoose() throws Exception {
        ProducerRecord<byte[], byte[]> record = serialize(BenchmarkRow::getDevice);
        assertThat(record.partition()).isNull();
        assertThat(record.timestamp()).isNull();
    }

    /** Serializes as a subtask does: after the serializer itself has been sent to it. */
    private static ProducerRecord<byte[], byte[]> serialize(RecordKey<BenchmarkRow> key) throws Exception {
        RecordSerializer<BenchmarkRow> serializer = InstantiationUtil.clone(
                new RecordSerializer<>(new RecordEncoder<>(Topic.BENCHMARKS, BenchmarkRow.class, key)));
        return serializer.serialize(ROW, /* context= */ null, /* timestamp= */ 1L);
    }
}
