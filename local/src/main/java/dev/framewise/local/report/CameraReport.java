package dev.framewise.local.report;

import dev.framewise.schemas.Fate;
import java.util.Map;
import java.util.Optional;

/**
 * How one camera fared.
 *
 * @param camera its name
 * @param device the board it is on
 * @param captured frames its gateway captured, by the gateway's own count
 * @param fates how many captured sequence numbers met which fate, by the ledger; a missing fate is zero
 * @param tracks identities that started
 * @param fps tracked frames per second of camera time
 * @param latencyMillis capture to track row, before the transaction commits
 * @param latency median per second, milliseconds
 * @param frameRate tracked frames in each second
 * @param picture the frame with the most tracks; empty where none could be had
 */
public record CameraReport(
        String camera,
        String device,
        long captured,
        Map<Fate, Long> fates,
        long tracks,
        double fps,
        Percentiles latencyMillis,
        Series latency,
        Series frameRate,
        Optional<AnnotatedPicture> picture) {
    public CameraReport {
        fates = Map.copyOf(fates);
    }

    /** Sequence numbers with this fate. */
    public long fate(Fate fate) {
        return fates.getOrDefault(fate, 0L);
    }

    /** Sequence numbers accounted for: a duplicate is a second record of a number that has its fate already. */
    public long accounted() {
        return fates.entrySet().stream()
                .filter(entry -> entry.getKey() != Fate.DUPLICATE)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** What is wrong with the ledger of this camera; empty if the fates add up to what was captured. */
    public Optional<String> imbalance() {
        long missing = captured - accounted();
        if (missing == 0) {
            return Optional.empty();
        }
        return Optional.of("camera " + camera + " captured " + captured + " frames, but its fates add up to "
                + accounted() + (missing > 0 ? ": " + missing + " have none" : ": " + -missing + " too many"));
    }
}
