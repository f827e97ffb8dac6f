package dev.framewise.vision.provider;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one provider's options. */
final class OptionProblems {
    private final ExecutionProvider provider;
    private final List<String> problems = new ArrayList<>();

    OptionProblems(ExecutionProvider provider) {
        this.provider = provider;
    }

    void range(String key, long value, long least, long most) {
        require(
                value >= least && value <= most,
                key + " is " + value + "; allowed: " + least + (most == Long.MAX_VALUE ? " or more" : " to " + most));
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(provider.id() + ": " + otherwise);
        }
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }
}
