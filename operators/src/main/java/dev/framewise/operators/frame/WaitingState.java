package dev.framewise.operators.frame;

import org.apache.flink.api.common.state.MapState;

/** {@link WaitingFrames} of the current key in keyed state. */
final class WaitingState implements WaitingFrames {
    private final MapState<Long, FrameRecord> records;

    WaitingState(MapState<Long, FrameRecord> records) {
        this.records = records;
    }

    @Override
    public boolean contains(long sequence) {
        return of(() -> records.contains(sequence));
    }

    @Override
    public FrameRecord get(long sequence) {
        return of(() -> records.get(sequence));
    }

    @Override
    public void put(FrameRecord record) {
        of(() -> {
            records.put(record.sequence, record);
            return null;
        });
    }

    @Override
    public FrameRecord remove(long sequence) {
        return of(() -> {
            FrameRecord record = records.get(sequence);
            records.remove(sequence);
            return record;
        });
    }

    @Override
    public long lowest() {
        Iterable<Long> sequences = of(records::keys);
        long lowest = Long.MAX_VALUE;
        for (long sequence : sequences) {
            lowest = Math.min(lowest, sequence);
        }
        return lowest;
    }

    /** What Flink's state may throw. */
    private interface Access<T> {
        T get() throws Exception;
    }

    private static <T> T of(Access<T> access) {
        try {
            return access.get();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("reading or writing the frames that wait", e);
        }
    }
}
