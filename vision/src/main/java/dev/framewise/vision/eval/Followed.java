package dev.framewise.vision.eval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What of the tracks that one run showed another one shows, too, whatever it calls them: where there are no annotations, a run in
 * which the detector looked at every frame stands for the truth.
 *
 * @param boxes of the reference
 * @param shown of them, those that a box of the other run covers with an IoU of at least {@link #LEAST_IOU}
 * @param delays for each track of the reference, frames from its first box to its first that was shown; empty for one that
 *     never was; ordered by the first box
 */
public record Followed(int boxes, int shown, List<OptionalInt> delays) {
    /** IoU from which on a box counts as shown. */
    public static final double LEAST_IOU = 0.5;

    public Followed {
        delays = List.copyOf(delays);
    }

    /**
     * Compares.
     *
     * @param reference tracks, pixels; those that began before {@code from} have no delay
     * @param rows tracks of the other run
     * @param from the first frame that counts
     */
    public static Followed of(List<MotRow> reference, List<MotRow> rows, int from) {
        Map<Integer, List<MotRow>> byFrame = new HashMap<>();
        rows.forEach(row ->
                byFrame.computeIfAbsent(row.frame(), frame -> new ArrayList<>()).add(row));
        Map<Integer, Integer> begin = new HashMap<>();
        Map<Integer, Integer> seen = new HashMap<>();
        int boxes = 0;
        int shown = 0;
        List<MotRow> inOrder = new ArrayList<>(reference);
        inOrder.sort((a, b) -> Integer.compare(a.frame(), b.frame()));
        for (MotRow box : inOrder) {
            begin.putIfAbsent(box.id(), box.frame());
            if (box.frame() < from) {
                continue;
            }
            boxes++;
            if (byFrame.getOrDefault(box.frame(), List.of()).stream().anyMatch(other -> iou(box, other) >= LEAST_IOU)) {
                shown++;
                seen.putIfAbsent(box.id(), box.frame());
            }
        }
        TreeMap<Long, OptionalInt> delays = new TreeMap<>();
        begin.forEach((id, first) -> {
            if (first >= from) {
                Integer at = seen.get(id);
                delays.put(((long) first << 32) + id, at == null ? OptionalInt.empty() : OptionalInt.of(at - first));
            }
        });
        return new Followed(boxes, shown, new ArrayList<>(delays.values()));
    }

    /** Share of the boxes that were shown, 0 to 1; 1 where there are none. */
    public double share() {
        return boxes == 0 ? 1 : shown / (double) boxes;
    }

    /** The longest delay of a newcomer, frames; of one that was never shown there is none. */
    public int longestDelay() {
        return delays.stream().mapToInt(delay -> delay.orElse(0)).max().orElse(0);
    }

    /** Newcomers that were never shown. */
    public long neverShown() {
        return delays.stream().filter(OptionalInt::isEmpty).count();
    }

    private static double iou(MotRow a, MotRow b) {
        double width = Math.min(a.right(), b.right()) - Math.max(a.x(), b.x());
        double height = Math.min(a.bottom(), b.bottom()) - Math.max(a.y(), b.y());
        if (!(width > 0 && height > 0)) {
            return 0;
        }
        double both = width * height;
        return both / (a.width() * a.height() + b.width() * b.height() - both);
    }
}
