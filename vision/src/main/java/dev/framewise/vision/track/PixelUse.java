package dev.framewise.vision.track;

import dev.framewise.vision.track.SkipTrackerOptions.Pixels;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What of the pictures can be used on this machine. */
public final class PixelUse {
    private PixelUse() {}

    /**
     * The use that was asked for, or the nearest that can be had: flow where CSRT's library does not load.
     *
     * @param warning is told why, and what to do
     */
    public static Pixels available(Pixels asked, Consumer<String> warning) {
        return available(asked, CsrtFollower::problem, warning);
    }

    static Pixels available(Pixels asked, Supplier<Optional<String>> csrtProblem, Consumer<String> warning) {
        if (asked != Pixels.CSRT) {
            return asked;
        }
        Optional<String> problem = csrtProblem.get();
        problem.ifPresent(why -> warning.accept(why + " Tracks are followed by flow instead."));
        return problem.isEmpty() ? asked : Pixels.FLOW;
    }
}
