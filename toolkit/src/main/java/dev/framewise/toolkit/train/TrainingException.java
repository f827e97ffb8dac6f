package dev.framewise.toolkit.train;

import java.io.IOException;

/** Training cannot go on: what was being done, what is wrong, what to do. */
public final class TrainingException extends IOException {
    private static final long serialVersionUID = 1;

    public TrainingException(String message) {
        super(message);
    }

    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
