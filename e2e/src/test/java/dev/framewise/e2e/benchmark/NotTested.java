package dev.framewise.e2e.benchmark;

import org.junit.jupiter.api.Assumptions;

/** Ends a test that this machine cannot run, as skipped, where everybody sees it. */
final class NotTested {
    private NotTested() {}

    /**
     * @param why what is missing and what to install
     */
    static void because(String why) {
        // As Maven marks its own warnings: those lines are shown by ./framewise test.
        System.out.println("[WARNING] NOT TESTED: " + why);
        Assumptions.abort("not tested: " + why);
    }
}
