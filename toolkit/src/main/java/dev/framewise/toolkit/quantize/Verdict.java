package dev.framewise.toolkit.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a smaller model may be shipped. */
final class Verdict {
    /** A gain below this is worth no model of its own, and half of it may be noise, also where both run side by side. */
    private static final double LEAST_GAIN = 0.05;

    private Verdict() {}

    /** Why not; empty if it may. */
    static List<String> reasons(
            FinalTest.Outcome test, Outcome.Millis millis, QuantizeOptions options, boolean mustBeFaster) {
        List<String> reasons = new ArrayList<>();
        Score before = test.before();
        Score after = test.after();
        if (before.isLabelled() && !(before.ap50() - after.ap50() <= options.budget())) {
            reasons.add(format(
                    "it loses %.4f of AP50 (%.4f to %.4f on %d pictures); the budget is %s",
                    before.ap50() - after.ap50(), before.ap50(), after.ap50(), test.pictures(), options.budget()));
        }
        if (!before.isLabelled() && !(after.agreement() >= options.leastAgreement())) {
            reasons.add(format(
                    "its detections agree with the float model's by F1 %.4f on %d pictures; at least %.4f is wanted for a budget of %s",
                    after.agreement(), test.pictures(), options.leastAgreement(), options.budget()));
        }
        double fastestFloat = Math.min(millis.published(), millis.folded());
        if (mustBeFaster && !(fastestFloat / millis.made() >= 1 + LEAST_GAIN)) {
            reasons.add(format(
                    "it is not faster, which begins at a gain of 5 %%: %.3f CPU ms for a picture, in float %.3f folded and %.3f as"
                            + " the file was given",
                    millis.made(), millis.folded(), millis.published()));
        }
        return reasons;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
