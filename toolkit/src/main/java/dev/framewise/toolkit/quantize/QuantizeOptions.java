package dev.framewise.toolkit.quantize;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a quantization is to do.
 *
 * @param observer how ranges are read off; empty for whichever of all four harms least
 * @param calibrationPictures most pictures that ranges are read off, 1 to 1000
 * @param searchPictures most pictures that choices are made by, 8 to 250
 * @param testPictures most pictures that the report is made of, 8 to 10000
 * @param budget what may be lost: of AP50 on the labels; three times as much of agreement where there are none; 0 to 1
 * @param atMost time from the start after which the best so far is taken; the last measurements come behind it
 */
public record QuantizeOptions(
        Optional<Observer> observer,
        int calibrationPictures,
        int searchPictures,
        int testPictures,
        double budget,
        Duration atMost) {
    /** How much more agreement than AP50 may be lost: a detection near the threshold counts there, and not here. */
    private static final double AGREEMENT_FOR_AP = 3;

    public QuantizeOptions {
        List<String> problems = new ArrayList<>();
        require(
                problems,
                calibrationPictures >= 1 && calibrationPictures <= 1000,
                "calibration pictures",
                calibrationPictures,
                "1 to 1000");
        require(problems, searchPictures >= 8 && searchPictures <= 250, "search pictures", searchPictures, "8 to 250");
        require(problems, testPictures >= 8 && testPictures <= 10_000, "test pictures", testPictures, "8 to 10000");
        require(problems, budget >= 0 && budget <= 1, "budget", budget, "0 to 1");
        require(problems, atMost.compareTo(Duration.ofSeconds(10)) >= 0, "time", atMost, "from 10 seconds");
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static void require(List<String> problems, boolean holds, String name, Object value, String allowed) {
        if (!holds) {
            problems.add(name + " is " + value + "; allowed: " + allowed);
        }
    }

    /** Any observer, 100 pictures to calibrate, 240 to search, 400 to report, a budget of 0.01, six minutes. */
    public static QuantizeOptions defaults() {
        return new QuantizeOptions(Optional.empty(), 100, 240, 400, 0.01, Duration.ofMinutes(6));
    }

    /** The least agreement that is accepted where there are no labels. */
    double leastAgreement() {
        return 1 - AGREEMENT_FOR_AP * budget;
    }
}
