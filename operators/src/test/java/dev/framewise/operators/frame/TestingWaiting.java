package dev.framewise.operators.frame;

import java.util.TreeMap;

/** Waiting frames in a map. */
final class TestingWaiting implements WaitingFrames {
    private final TreeMap<Long, FrameRecord> records = new TreeMap<>();

    int size() {
        return records.size();
    }

    @Override
    public boolean contains(long sequence) {
        return records.containsKey(sequence);
    }

    @Override
    public FrameRecord get(long sequence) {
        return records.get(sequence);
    }

    @Override
    public void put(FrameRecord record) {
        records.put(record.sequence, record);
    }

    @Override
    public FrameRecord remove(long sequence) {
        return records.remove(sequence);
    }

    @Override
    public long lowest() {
        return records.firstKey();
    }
}
