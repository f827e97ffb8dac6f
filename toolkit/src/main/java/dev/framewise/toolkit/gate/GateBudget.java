package dev.framewise.toolkit.gate;

import java.util.ArrayList;
import java.util.List;

/**
 * What a candidate may lose against the baseline, on every clip.
 *
 * @param ap50 of AP50, 0 to 1
 * @param ap50To95 of AP50-95, 0 to 1
 * @param hota of HOTA, 0 to 1
 * @param latencyRatio largest CPU time of the network, over the baseline's, above 0
 */
public record GateBudget(double ap50, double ap50To95, double hota, double latencyRatio) {
    public GateBudget {
        List<String> problems = new ArrayList<>();
        require(problems, ap50 >= 0 && ap50 <= 1, "AP50", ap50, "0 to 1");
        require(problems, ap50To95 >= 0 && ap50To95 <= 1, "AP50-95", ap50To95, "0 to 1");
        require(problems, hota >= 0 && hota <= 1, "HOTA", hota, "0 to 1");
        require(problems, latencyRatio > 0, "latency", latencyRatio, "above 0");
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static void require(List<String> problems, boolean holds, String name, double value, String allowed) {
        if (!holds) {
            problems.add("budget of " + name + " is " + value + "; allowed: " + allowed);
        }
    }
}
