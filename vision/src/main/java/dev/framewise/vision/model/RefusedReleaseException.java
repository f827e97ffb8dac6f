package dev.framewise.vision.model;

/**
 * A release that cannot be used: a data error, so it is checked and carries a {@link Problem} that goes into the dead letter.
 * The message says what was expected and found.
 */
public final class RefusedReleaseException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong, a word for machines. */
    public enum Problem {
        /** The record contradicts itself or leaves out what must be there. */
        BAD_RELEASE,
        /** The file is nowhere to be had. */
        NOT_FETCHED,
        /** The address gives another file than the record says. */
        WRONG_BYTES,
        /** The file is no model that can be run, or not the one that the record describes. */
        BAD_MODEL,
        /** It ran, and was found wanting. */
        BAD_RESULTS,
        /** Its trial ended before enough was seen to judge it by. */
        NO_EVIDENCE
    }

    private final Problem problem;

    public RefusedReleaseException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    public RefusedReleaseException(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
