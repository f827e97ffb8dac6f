package dev.framewise.local.demo;

import java.io.PrintWriter;

/** What is going on, in one line: rewritten in place on a terminal, printed every few seconds elsewhere. One thread. */
final class StatusLine {
    private static final double PLAIN_SECONDS = 5;
    /** Carriage return, and erase to the end of the line: ECMA-48. */
    private static final String REWRITE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final int columns;
    private double lastPlainSeconds = Double.NEGATIVE_INFINITY;
    private boolean open;

    /**
     * @param terminal whether lines can be rewritten
     * @param columns width of the terminal: a longer line would wrap and could not be rewritten
     */
    StatusLine(PrintWriter out, boolean terminal, int columns) {
        this.out = out;
        this.terminal = terminal;
        this.columns = columns;
    }

    /** Shows a status; off a terminal only now and then. */
    void show(double elapsedSeconds, String status) {
        String line = String.format("%4.0f s  %s", elapsedSeconds, status);
        if (terminal) {
            out.print(REWRITE + (line.length() < columns ? line : line.substring(0, columns - 1)));
            open = true;
        } else if (elapsedSeconds - lastPlainSeconds >= PLAIN_SECONDS) {
            lastPlainSeconds = elapsedSeconds;
            out.println(line);
        }
        out.flush();
    }

    /** Prints a line that stays. */
    void note(String line) {
        if (open) {
            out.print(REWRITE);
            open = false;
        }
        out.println(line);
        out.flush();
    }
}
