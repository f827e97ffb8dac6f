package dev.framewise.gateway.config;

import java.util.List;

/** A configuration that cannot be used, with all its problems: a user error. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public ConfigException(String file, List<String> problems) {
        super(file + ": " + problems.size() + (problems.size() == 1 ? " problem" : " problems") + "\n  "
                + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each names its key, the value and what is allowed. */
    public List<String> problems() {
        return problems;
    }
}
