package dev.framewise.vision.track;

/** Why a box that a model gave is none. */
public enum BoxProblem {
    /** An edge is NaN or infinite, or so far out that width or height are. */
    NOT_FINITE,
    /** It ends where it begins, or before. */
    NO_SIZE,
    /** Its score is not within 0 to 1. */
    ABSURD_SCORE
}
