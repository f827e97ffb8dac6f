package dev.framewise.local;

import dev.framewise.vision.track.AdaptiveCadence;
import dev.framewise.vision.track.Cadence;
import dev.framewise.vision.track.FixedCadence;
import dev.framewise.vision.track.LookBudget;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How often the detector looks.
 *
 * @param interval at one of this many frames, at least 1; of an adaptive one, the mean that its budget allows, rounded
 * @param budget share of the frames that an adaptive one may look at; 0 for a fixed interval
 */
public record Looking(int interval, double budget) {
    /** At one of N. */
    public static Looking oneOf(int interval) {
        return new Looking(interval, 0);
    }

    /** When the tracks ask for it, at no more than this share of the frames. */
    public static Looking adaptive(double budget) {
        return new Looking(Math.max(2, (int) Math.round(1 / budget)), budget);
    }

    /** Whether the tracks decide. */
    public boolean isAdaptive() {
        return budget > 0;
    }

    /** Share of the frames that are looked at, or may be. */
    public double share() {
        return isAdaptive() ? budget : 1.0 / interval;
    }

    /** As on the command line: {@code 3}, or {@code adaptive 0.33}. */
    public String text() {
        return isAdaptive() ? String.format(Locale.ROOT, "adaptive %.3g", budget) : Integer.toString(interval);
    }

    /** Frames before the first look that are worth trying. */
    public List<Integer> allPhases() {
        return IntStream.range(0, interval).boxed().toList();
    }

    /** A cadence for frames numbered from 0, of which the first {@code phase} were not given to anybody. */
    public Cadence cadence(int phase) {
        return isAdaptive() ? new AdaptiveCadence(LookBudget.shareOfFrames(budget)) : new FixedCadence(interval, phase);
    }
}
