package dev.framewise.local;

/** How the process ends; scripts rely on these numbers. */
public final class ExitCode {
    /** What was asked for is done. */
    public static final int DONE = 0;
    /** It was tried and failed, or the result is not what it must be. */
    public static final int FAILED = 1;
    /** The command line makes no sense. */
    public static final int WRONG_USAGE = 2;
    /** The environment lacks something; the message says what to install or to fetch. */
    public static final int ENVIRONMENT = 3;
    /** Ended by Ctrl-C, as shells count it. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
