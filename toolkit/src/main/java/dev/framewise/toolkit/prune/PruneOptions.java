package dev.framewise.toolkit.prune;

import java.util.ArrayList;
import java.util.List;

/**
 * How much is pruned.
 *
 * @param amount share of the filters that go, above 0, below 1
 * @param global whether the weakest filters of the whole network go; else the weakest of each layer
 * @param multiple numbers of channels that stay are rounded up to a multiple of this, at least 1: kernels work on blocks
 */
public record PruneOptions(double amount, boolean global, int multiple) {
    public PruneOptions {
        List<String> problems = new ArrayList<>();
        if (!(amount > 0 && amount < 1)) {
            problems.add("amount is " + amount + "; allowed: above 0, below 1");
        }
        if (multiple < 1) {
            problems.add("multiple is " + multiple + "; allowed: 1 or more");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }
}
