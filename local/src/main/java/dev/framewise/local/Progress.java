package dev.framewise.local;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a long piece of work is: a bar on a terminal, a plain line for each tenth elsewhere. One thread at a time.
 */
public final class Progress implements AutoCloseable {
    private final String task;
    private final long total;
    private final PrintStream out;
    private final ProgressBar bar;
    private long done;
    private long tenths;

    private Progress(String task, long total, PrintStream out, ProgressBar bar) {
        this.task = task;
        this.total = total;
        this.out = out;
        this.bar = bar;
    }

    /**
     * Shows on standard error, so that standard output stays clean for results.
     *
     * @param total number of steps; 0 or less where nobody knows
     */
    public static Progress onTerminal(String task, long total) {
        return !Terminal.isInteractive()
                ? lines(task, total, System.err)
                : new Progress(
                        task,
                        total,
                        System.err,
                        new ProgressBarBuilder()
                                .setTaskName(task)
                                .setInitialMax(total)
                                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                                .setUpdateIntervalMillis(200)
                                .showSpeed()
                                .build());
    }

    /** Plain lines. */
    static Progress lines(String task, long total, PrintStream out) {
        return new Progress(task, total, out, null);
    }

    /** One step more is done. */
    public void step() {
        done++;
        if (bar != null) {
            bar.step();
        } else if (total > 0 && 10 * done / total > tenths) {
            tenths = 10 * done / total;
            out.println(task + ": " + done + " of " + total);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
