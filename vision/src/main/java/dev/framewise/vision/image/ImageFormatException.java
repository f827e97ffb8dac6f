package dev.framewise.vision.image;

/** The bytes of a picture cannot be used. An error of the data: the frame is dead-lettered with {@link #problem()}. */
public final class ImageFormatException extends Exception {
    /** What is wrong with the bytes, for the reason of a dead letter. */
    public enum Problem {
        /** No bytes at all. */
        EMPTY,
        /** The bytes do not start as a JPEG does. */
        NOT_A_JPEG,
        /** A JPEG of a kind that is not decoded here: lossless, arithmetic coding, 12 bits, CMYK. */
        UNSUPPORTED,
        /** Width or height is zero. */
        ZERO_SIZE,
        /** More pixels than allowed; refused before any memory is taken. */
        TOO_LARGE,
        /** The bytes end before the picture does. */
        TRUNCATED,
        /** The decoder met something that no encoder writes. */
        CORRUPT
    }

    private final Problem problem;

    public ImageFormatException(Problem problem, String message) {
        super(problem + ": " + message);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
