package dev.framewise.vision.eval;

/** A line of MOT text that cannot be read; the message begins with {@code file:line}. */
public final class MotFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MotFormatException(String message) {
        super(message);
    }
}
