package dev.framewise.toolkit.python;

import java.io.IOException;

/** This machine lacks something; the message says what, and what to install. Nothing is wrong with the model or the command line. */
public final class EnvironmentException extends IOException {
    private static final long serialVersionUID = 1;

    public EnvironmentException(String message) {
        super(message);
    }

    public EnvironmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
