package dev.framewise.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.gateway.publish.OutRecord;
import dev.framewise.schemas.CaptureCounts;
import dev.framewise.schemas.CaptureWindow;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Topic;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Somebody behind Kafka who puts the frames of each camera in order again, by boot epoch and sequence, and proves from the gateway's
 * own ledger that none is missing.
 */
public final class TestingReader {
    private static final RecordCodec<Frame> FRAMES = new RecordCodec<>(Frame.class);
    private static final RecordCodec<CaptureWindow> WINDOWS = new RecordCodec<>(CaptureWindow.class);

    /** One camera in one boot epoch. */
    record Run(String camera, long bootEpoch) {}

    /** By run and sequence: the first record that arrived. */
    final Map<Run, TreeMap<Long, Frame>> frames = new LinkedHashMap<>();

    /** By run: the last word of the gateway's ledger. */
    final Map<Run, CaptureWindow> windows = new LinkedHashMap<>();

    long duplicates;

    static TestingReader of(List<OutRecord> arrived) {
        TestingReader reader = new TestingReader();
        for (OutRecord record : List.copyOf(arrived)) {
            reader.read(record.topic(), record.value());
        }
        return reader;
    }

    /** Reads a record of any topic, in the order of arrival. */
    public void read(Topic topic, byte[] value) {
        try {
            if (topic == Topic.FRAMES) {
                read(FRAMES.decode(value));
            } else if (topic == Topic.CAPTURES) {
                CaptureWindow window = WINDOWS.decode(value);
                windows.merge(
                        new Run(window.getCamera(), window.getBootEpoch()),
                        window,
                        // a window that waited is older than one that did not: the totals and the end tell
                        (one, two) -> two.getClosed()
                                        || (!one.getClosed() && two.getWindowEndMicros() >= one.getWindowEndMicros())
                                ? two
                                : one);
            }
        } catch (RecordFormatException e) {
            throw new AssertionError(topic + " holds what is no record", e);
        }
    }

    private void read(Frame frame) {
        TreeMap<Long, Frame> run =
                frames.computeIfAbsent(new Run(frame.getCamera(), frame.getBootEpoch()), key -> new TreeMap<>());
        Frame first = run.putIfAbsent(frame.getSequence(), frame);
        if (first != null) {
            duplicates++;
            assertThat(frame.getReplayed())
                    .as("the second record of %s %d is marked", frame.getCamera(), frame.getSequence())
                    .isTrue();
        }
    }

    /** Every number of every run is there, in order of capture, and the fates are those that the gateway counted. */
    public void provesThatNothingIsMissing() {
        assertThat(windows.keySet()).containsAll(frames.keySet());
        windows.forEach((run, window) -> {
            TreeMap<Long, Frame> of = frames.getOrDefault(run, new TreeMap<>());
            CaptureCounts total = window.getTotal();
            assertThat(total.getSent() + total.getSkipped() + total.getThrottled() + total.getEvicted())
                    .as("the fates of %s add up", run)
                    .isEqualTo(total.getCaptured());
            assertThat(of).as("frames of %s", run).hasSize((int) total.getCaptured());
            if (!of.isEmpty()) {
                assertThat(of.firstKey()).isZero();
                assertThat(of.lastKey()).isEqualTo(total.getCaptured() - 1);
            }
            assertThat(of.values())
                    .as("capture times of %s in the order of the sequence", run)
                    .extracting(Frame::getCapturedAtMicros)
                    .isSorted();
            Map<Disposition, Long> seen = new EnumMap<>(Disposition.class);
            of.values().forEach(frame -> seen.merge(frame.getDisposition(), 1L, Long::sum));
            assertThat(seen.getOrDefault(Disposition.SENT, 0L))
                    .as("pictures of %s", run)
                    .isBetween(total.getSent(), total.getSent() + window.getUnsettled());
            assertThat(total.getEvicted() - seen.getOrDefault(Disposition.EVICTED, 0L))
                    .as("evicted of %s", run)
                    .isBetween(0L, window.getUnsettled());
        });
    }

    /** Runs of cameras that were seen. */
    public int runs() {
        return frames.size();
    }

    long count(Disposition disposition) {
        return frames.values().stream()
                .flatMap(run -> run.values().stream())
                .filter(frame -> frame.getDisposition() == disposition)
                .count();
    }
}
