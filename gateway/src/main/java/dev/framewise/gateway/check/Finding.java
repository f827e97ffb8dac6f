package dev.framewise.gateway.check;

/**
 * What came of trying one part.
 *
 * @param part such as {@code camera gate}
 * @param verdict whether it works
 * @param found in a few words
 * @param advice what to do; empty where there is nothing to do
 */
public record Finding(String part, Verdict verdict, String found, String advice) {

    /** Whether it works. */
    public enum Verdict {
        /** It does. */
        OK,
        /** The gateway will run, and something will be missing. */
        NOTE,
        /** The gateway cannot do what it is there for. */
        FAILED
    }

    static Finding ok(String part, String found) {
        return new Finding(part, Verdict.OK, found, "");
    }

    static Finding note(String part, String found, String advice) {
        return new Finding(part, Verdict.NOTE, found, advice);
    }

    static Finding failed(String part, String found, String advice) {
        return new Finding(part, Verdict.FAILED, found, advice);
    }
}
