package dev.framewise.toolkit;

import java.io.PrintWriter;

/** Says how far a long piece of work is: a line when a stage begins, and one for each quarter of it. One thread. */
public final class Progress {
    private static final int PARTS = 4;

    private final PrintWriter out;
    private String stage = "";
    private int total;
    private int done;

    /** @param out such as standard error, so that results stay apart */
    public Progress(PrintWriter out) {
        this.out = out;
    }

    /**
     * A stage begins.
     *
     * @param steps how many it has; 0 where nobody knows
     */
    public void stage(String what, int steps) {
        stage = what;
        total = steps;
        done = 0;
        out.println(steps > 1 ? what + " (" + steps + ")" : what);
        out.flush();
    }

    /** One step more is done. */
    public void step() {
        done++;
        if (total >= PARTS && done < total && done * PARTS / total > (done - 1) * PARTS / total) {
            out.println(stage + ": " + done + " of " + total);
            out.flush();
        }
    }

    /** Something worth telling on the way. */
    public void tell(String line) {
        out.println(line);
        out.flush();
    }
}
