package dev.framewise.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a benchmark's figures and its progress go. */
public final class BenchOutput {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there")
    private Path json;

    /** Prints the table on standard output, and writes the JSON where it was asked for. */
    public void show(List<Figure> figures) throws IOException {
        command.commandLine().getOut().print(FigureReport.table(figures));
        command.commandLine().getOut().flush();
        if (json != null) {
            FigureReport.write(json, figures);
        }
    }

    /** Says on standard error what begins now. */
    public void progress(String what) {
        command.commandLine().getErr().println("bench " + command.name() + ": " + what);
        command.commandLine().getErr().flush();
    }

    /** What to throw where an option makes no sense. */
    public ParameterException wrongUsage(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    /** The value, or wrong usage. */
    public int atLeast(int least, int value, String option) {
        if (value < least) {
            throw new ParameterException(
                    command.commandLine(), option + " is " + value + "; allowed: " + least + " or more");
        }
        return value;
    }
}
