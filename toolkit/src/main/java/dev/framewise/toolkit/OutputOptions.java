package dev.framewise.toolkit;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command that makes a smaller model puts it, and what becomes of one that it refuses. */
final class OutputOptions {
    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Write the model there, and its report beside it")
    Path out;

    @Option(names = "--force", description = "Write a model that is refused, marked as such")
    boolean force;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the outcome there, as JSON")
    Path json;

    /** What ends the command. */
    OutcomeWriter writer(PrintWriter text) {
        return new OutcomeWriter(text, out, json, force);
    }
}
