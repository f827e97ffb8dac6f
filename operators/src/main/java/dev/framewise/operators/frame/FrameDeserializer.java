package dev.framewise.operators.frame;

import dev.framewise.schemas.Frame;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the topic {@code frames}. Never throws for what is in a record: an unreadable one becomes a record that says so. */
public final class FrameDeserializer implements KafkaRecordDeserializationSchema<FrameRecord> {
    private static final long serialVersionUID = 1L;

    private transient RecordCodec<Frame> codec;

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        codec = new RecordCodec<>(Frame.class);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<FrameRecord> out) {
        out.collect(read(record));
    }

    FrameRecord read(ConsumerRecord<byte[], byte[]> record) {
        FrameRecord result = new FrameRecord();
        result.topic = record.topic();
        result.partition = record.partition();
        result.offset = record.offset();
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        try {
            Frame frame = codec.decode(record.value());
            if (!frame.getCamera().equals(key)) {
                return unreadable(
                        result,
                        record,
                        key,
                        "KEY_MISMATCH",
                        "the record's key is '" + key + "' but its camera is '" + frame.getCamera()
                                + "': key frames by camera, or their order is lost");
            }
            result.device = frame.getDevice();
            result.camera = key;
            result.bootEpoch = frame.getBootEpoch();
            result.sequence = frame.getSequence();
            result.capturedAtMicros = frame.getCapturedAtMicros();
            result.codec = frame.getCodec();
            result.width = frame.getWidth();
            result.height = frame.getHeight();
            result.payload = bytes(frame.getPayload());
            result.disposition = frame.getDisposition();
            result.replayed = frame.getReplayed();
            return result;
        } catch (RecordFormatException e) {
            return unreadable(result, record, key, e.problem().name(), e.getMessage());
        }
    }

    private static FrameRecord unreadable(
            FrameRecord result, ConsumerRecord<byte[], byte[]> record, String key, String problem, String reason) {
        result.device = "";
        result.camera = key;
        result.sequence = -1;
        result.capturedAtMicros = record.timestamp() * 1_000;
        result.codec = "";
        result.payload = record.value();
        result.problem = problem;
        result.reason = reason;
        return result;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        // Avro reads each picture into an array of its own: a second copy of it would be the third.
        if (buffer.hasArray()
                && buffer.arrayOffset() == 0
                && buffer.position() == 0
                && buffer.array().length == buffer.remaining()) {
            return buffer.array();
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public TypeInformation<FrameRecord> getProducedType() {
        return TypeInformation.of(FrameRecord.class);
    }
}
