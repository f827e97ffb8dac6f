package dev.framewise.benchmarks.swap;

import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.TrackRow;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Which frames have a row, how many have more than one, and how many each version saw. One boot epoch per camera. */
final class SeenFrames {
    private final Map<String, BitSet> sequences = new HashMap<>();
    private final Map<String, Integer> byModel = new TreeMap<>();
    private int duplicated;

    void add(TrackRow row) {
        if (row.getKind() != RowKind.FRAME) {
            return;
        }
        BitSet seen = sequences.computeIfAbsent(row.getCamera(), camera -> new BitSet());
        int sequence = Math.toIntExact(row.getSequence());
        if (seen.get(sequence)) {
            duplicated++;
        }
        seen.set(sequence);
        byModel.merge(String.valueOf(row.getModel()), 1, Integer::sum);
    }

    /** Captured frames without a row. */
    long lost(long captured) {
        return captured
                - sequences.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    /** Rows beyond the first of a frame. */
    int duplicated() {
        return duplicated;
    }

    /** Rows by the version that saw them. */
    Map<String, Integer> byModel() {
        return byModel;
    }
}
