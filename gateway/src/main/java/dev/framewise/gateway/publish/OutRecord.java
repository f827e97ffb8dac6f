package dev.framewise.gateway.publish;

import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.Topic;

/**
 * An encoded record on its way to Kafka.
 *
 * @param topic where it goes
 * @param key camera or device
 * @param timestampMillis the record's time, milliseconds since 1970
 * @param value the encoded record; not copied
 * @param frame what it is about where it is a frame; null otherwise
 */
public record OutRecord(Topic topic, String key, long timestampMillis, byte[] value, FrameMark frame) {

    /**
     * What an outbox must know of a frame without decoding it.
     *
     * @param bootEpoch see the record Frame
     * @param sequence see the record Frame
     * @param capturedAtMicros microseconds since 1970
     * @param width pixels
     * @param height pixels
     * @param disposition what was done with it
     */
    public record FrameMark(
            long bootEpoch, long sequence, long capturedAtMicros, int width, int height, Disposition disposition) {}

    /** A record that is no frame. */
    public static OutRecord of(Topic topic, String key, long timestampMillis, byte[] value) {
        return new OutRecord(topic, key, timestampMillis, value, /* frame= */ null);
    }

    /** A frame and its encoded form. */
    public static OutRecord of(Frame frame, byte[] value) {
        return new OutRecord(
                Topic.FRAMES,
                frame.getCamera(),
                frame.getCapturedAtMicros() / 1000,
                value,
                new FrameMark(
                        frame.getBootEpoch(),
                        frame.getSequence(),
                        frame.getCapturedAtMicros(),
                        frame.getWidth(),
                        frame.getHeight(),
                        frame.getDisposition()));
    }

    /** Bytes it takes in memory and on the way, roughly. */
    public int bytes() {
        return value.length + 128;
    }
}
