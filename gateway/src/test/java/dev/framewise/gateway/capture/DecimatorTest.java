package dev.framewise.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.schemas.Disposition;
import dev.framewise.thermal.ThrottleDecision;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimatorTest {
    private final Decimator decimator = new Decimator(/* ownInterval= */ 1);

    @Test
    void allIsSentWhereNothingIsThrottled() {
        assertThat(run(100, 1, 1)).containsOnly(Disposition.SENT);
    }

    @Test
    void nothingIsSentAtFactorNought() {
        assertThat(run(100, 0, 1)).containsOnly(Disposition.THROTTLED);
    }

    @Test
    void theFirstOfEachIntervalIsSent() {
        assertThat(run(7, 1, 3))
                .containsExactly(
                        Disposition.SENT,
                        Disposition.SKIPPED,
                        Disposition.SKIPPED,
                        Disposition.SENT,
                        Disposition.SKIPPED,
                        Disposition.SKIPPED,
                        Disposition.SENT);
    }

    @ParameterizedTest
    @CsvSource({"0.2, 1", "0.5, 1", "0.7, 1", "0.333333, 1", "0.9, 1", "0.5, 3", "1, 5", "0.05, 2"})
    void sharesAreExactAndEvenlySpread(double factor, int interval) {
        int frames = 10_000;
        List<Disposition> choices = run(frames, factor, interval);

        Map<Disposition, Integer> counts = new EnumMap<>(Disposition.class);
        choices.forEach(choice -> counts.merge(choice, 1, Integer::sum));
        int throttled = counts.getOrDefault(Disposition.THROTTLED, 0);
        assertThat(frames - throttled)
                .isBetween((int) Math.floor(frames * factor), (int) Math.ceil(frames * factor) + 1);
        assertThat(counts.get(Disposition.SENT)).isEqualTo((frames - throttled + interval - 1) / interval);
        assertThat(longestRun(choices, Disposition.THROTTLED)).isLessThanOrEqualTo((int) Math.ceil(1 / factor));
        assertThat(longestRun(choices, Disposition.SKIPPED)).isLessThanOrEqualTo(interval - 1);
    }

    @Test
    void aShorterIntervalTakesEffectAtOnce() {
        run(2, 1, 10);

        assertThat(run(1, 1, 2)).containsExactly(Disposition.SENT);
    }

    @ParameterizedTest
    @CsvSource({"3, 1, 3", "3, 2, 3", "3, 6, 6"})
    void theLongerOfTheCamerasAndTheThrottlesIntervalCounts(int own, int directed, int inForce) {
        Decimator decimator = new Decimator(own);

        List<Disposition> choices = run(decimator, 60, 1, directed);

        for (int i = 0; i < choices.size(); i++) {
            assertThat(choices.get(i)).isEqualTo(i % inForce == 0 ? Disposition.SENT : Disposition.SKIPPED);
        }
    }

    @Test
    void theNextPictureTakesThePlaceOfOneThatCouldNotBeSent() {
        run(1, 1, 10);
        decimator.notSent();

        assertThat(run(12, 1, 10))
                .startsWith(Disposition.SENT, Disposition.SKIPPED)
                .endsWith(Disposition.SENT, Disposition.SKIPPED);
    }

    @Test
    void anIntervalOfNoFrameIsRefused() {
        assertThatThrownBy(() -> new Decimator(0)).hasMessage("interval = 0 must be at least 1");
    }

    private List<Disposition> run(int frames, double factor, int interval) {
        return run(decimator, frames, factor, interval);
    }

    private static List<Disposition> run(Decimator decimator, int frames, double factor, int interval) {
        ThrottleDecision throttle = new ThrottleDecision(factor, interval, "a test");
        List<Disposition> choices = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            choices.add(decimator.next(throttle));
        }
        return choices;
    }

    /** Longest run of one disposition; pictures throttled in between do not end a run of skipped ones. */
    private static int longestRun(List<Disposition> choices, Disposition of) {
        int longest = 0;
        int run = 0;
        for (Disposition choice : choices) {
            if (choice == of) {
                longest = Math.max(longest, ++run);
            } else if (choice != Disposition.THROTTLED) {
                run = 0;
            }
        }
        return longest;
    }
}
