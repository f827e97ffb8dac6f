package dev.framewise.operators.perception;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long and how much frames may wait in a subtask.
 *
 * @param budget how long a key frame may wait for company while the model is free, 0 or more
 * @param maxFrames frames in flight, at least 1; above that, what has been gathered runs at once
 * @param maxBytes bytes of their pictures, at least 1
 */
public record FlowLimits(Duration budget, int maxFrames, long maxBytes) implements Serializable {
    public FlowLimits {
        if (budget.isNegative() || maxFrames < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("a budget of " + budget + ", " + maxFrames + " frames and " + maxBytes
                    + " bytes: the budget must not be negative, the others are at least 1");
        }
    }
}
