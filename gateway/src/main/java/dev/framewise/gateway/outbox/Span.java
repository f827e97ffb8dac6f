package dev.framewise.gateway.outbox;

import dev.framewise.gateway.publish.OutRecord.FrameMark;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Frame;

/**
 * Frames of one camera and boot epoch that follow one another and have lost their pictures: a year of them takes a line.
 *
 * @param camera whose
 * @param bootEpoch see the record Frame
 * @param first sequence, inclusive
 * @param last sequence, inclusive
 * @param firstMicros when the first was captured, microseconds since 1970
 * @param lastMicros when the last was captured; those between are taken to be evenly spaced
 * @param width pixels
 * @param height pixels
 */
record Span(
        String camera,
        long bootEpoch,
        long first,
        long last,
        long firstMicros,
        long lastMicros,
        int width,
        int height) {

    static Span of(String camera, FrameMark frame) {
        return new Span(
                camera,
                frame.bootEpoch(),
                frame.sequence(),
                frame.sequence(),
                frame.capturedAtMicros(),
                frame.capturedAtMicros(),
                frame.width(),
                frame.height());
    }

    Journals.Key key() {
        return new Journals.Key(camera, bootEpoch);
    }

    long frames() {
        return last - first + 1;
    }

    /** Whether the other continues this one, overlaps it or precedes it without a gap. */
    boolean touches(Span other) {
        return camera.equals(other.camera)
                && bootEpoch == other.bootEpoch
                && other.first <= last + 1
                && first <= other.last + 1;
    }

    /** Both together; they touch. */
    Span plus(Span other) {
        Span lower = first <= other.first ? this : other;
        Span upper = last >= other.last ? this : other;
        return new Span(camera, bootEpoch, lower.first, upper.last, lower.firstMicros, upper.lastMicros, width, height);
    }

    /** The part from one sequence to another, both inside. */
    Span part(long from, long to) {
        return new Span(camera, bootEpoch, from, to, micros(from), micros(to), width, height);
    }

    /** When a frame of it was captured, microseconds since 1970. */
    long micros(long sequence) {
        return first == last
                ? firstMicros
                : firstMicros + Math.round((double) (lastMicros - firstMicros) * (sequence - first) / (last - first));
    }

    /** The record of one of its frames, marked as replayed. */
    Frame frame(String device, long sequence) {
        return Frame.newBuilder()
                .setDevice(device)
                .setCamera(camera)
                .setBootEpoch(bootEpoch)
                .setSequence(sequence)
                .setCapturedAtMicros(micros(sequence))
                .setCodec("none")
                .setWidth(width)
                .setHeight(height)
                .setDisposition(Disposition.EVICTED)
                .setReplayed(true)
                .build();
    }
}
