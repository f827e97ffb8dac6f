package dev.framewise.toolkit;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command that makes a smaller model puts it, how much that may lose, and what becomes of one that is refused. */
final class OutputOptions {
    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Write the model there, and its report beside it")
    Path out;

    @Option(
            names = "--budget",
            paramLabel = "R",
            defaultValue = "0.01",
            description =
                    "AP50 that may be lost (default: 0.01); without labels, a third of the agreement that may be lost")
    double budget;

    @Option(names = "--force", description = "Write a model that is refused, marked as such")
    boolean force;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the outcome there, as JSON")
    Path json;

    /** What ends the command. */
    OutcomeWriter writer(PrintWriter text) {
        return new OutcomeWriter(text, out, json, force);
    }
}
