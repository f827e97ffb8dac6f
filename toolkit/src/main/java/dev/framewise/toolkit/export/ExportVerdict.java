package dev.framewise.toolkit.export;

import dev.framewise.toolkit.quantize.FinalTest;
import dev.framewise.toolkit.quantize.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether an exported model may be shipped. */
final class ExportVerdict {
    private ExportVerdict() {}

    /** Why not; empty if it may. */
    static List<String> reasons(ExportRequest asked, Agreement agreement) {
        List<String> reasons = new ArrayList<>();
        if (!Double.isFinite(agreement.maxDifference())) {
            reasons.add("it gives values that are no numbers");
        }
        if (agreement.sight().isPresent()) {
            judge(asked, agreement.sight().get(), reasons);
        } else if (!(agreement.maxDifference() <= asked.target().tolerance() * Math.max(1, agreement.maxAbs()))) {
            reasons.add(format(
                    "it differs from the float model by %.4g where that gives up to %.4g; %s of that is allowed for %s",
                    agreement.maxDifference(),
                    agreement.maxAbs(),
                    asked.target().tolerance(),
                    asked.target()));
        }
        return reasons;
    }

    private static void judge(ExportRequest asked, FinalTest.Outcome sight, List<String> reasons) {
        Score before = sight.before();
        Score after = sight.after();
        if (before.isLabelled() && !(before.ap50() - after.ap50() <= asked.budget())) {
            reasons.add(format(
                    "it loses %.4f of AP50 (%.4f to %.4f on %d pictures); the budget is %s",
                    before.ap50() - after.ap50(), before.ap50(), after.ap50(), sight.pictures(), asked.budget()));
        }
        if (!before.isLabelled() && !(after.agreement() >= asked.leastAgreement())) {
            reasons.add(format(
                    "its detections agree with the float model's by F1 %.4f on %d pictures; at least %.4f is wanted for a"
                            + " budget of %s",
                    after.agreement(), sight.pictures(), asked.leastAgreement(), asked.budget()));
        }
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
