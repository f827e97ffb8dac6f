package dev.framewise.vision.detect;

/**
 * A model cannot be used: an error of the user (the file is not what was asked for) or of the machine (an execution
 * provider is absent). The message says what was read, what was expected and found, and what to do.
 */
public final class ModelException extends Exception {
    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
