package dev.framewise.gateway;

import dev.framewise.gateway.publish.OutRecord;
import dev.framewise.gateway.publish.RecordSink;
import dev.framewise.schemas.CaptureWindow;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Telemetry;
import dev.framewise.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Keeps what it is given, or fails when told to. Thread-safe. */
public final class TestingRecordSink implements RecordSink {
    /** A record as it was handed over. */
    public record Sent(Topic topic, String key, long timestampMillis, byte[] value) {}

    private final List<Sent> sent = new ArrayList<>();
    private GatewayException failure;

    /** Makes every later call fail. */
    public synchronized void fail(GatewayException with) {
        failure = with;
    }

    @Override
    public synchronized void send(OutRecord record) {
        throwFailure();
        sent.add(new Sent(record.topic(), record.key(), record.timestampMillis(), record.value()));
    }

    @Override
    public synchronized void flush() {
        throwFailure();
    }

    @Override
    public void close() {}

    /** The records of one topic so far. */
    public synchronized List<Sent> of(Topic topic) {
        return sent.stream().filter(record -> record.topic() == topic).toList();
    }

    /** The frames so far. */
    public List<Frame> frames() {
        return decode(Topic.FRAMES, new RecordCodec<>(Frame.class));
    }

    /** The sensor readings so far. */
    public List<Telemetry> telemetry() {
        return decode(Topic.TELEMETRY, new RecordCodec<>(Telemetry.class));
    }

    /** The windows of the capture ledger so far. */
    public List<CaptureWindow> windows() {
        return decode(Topic.CAPTURES, new RecordCodec<>(CaptureWindow.class));
    }

    private <T extends SpecificRecord> List<T> decode(Topic topic, RecordCodec<T> codec) {
        List<T> records = new ArrayList<>();
        for (Sent record : of(topic)) {
            try {
                records.add(codec.decode(record.value()));
            } catch (RecordFormatException e) {
                throw new AssertionError(topic + " holds what is no record", e);
            }
        }
        return records;
    }

    private void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }
}
