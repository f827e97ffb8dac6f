package dev.framewise.toolkit;

import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.graph.WholeFile;
import dev.framewise.toolkit.quantize.Outcome;
import dev.framewise.toolkit.report.OutcomeFiles;
import dev.framewise.toolkit.report.OutcomeJson;
import dev.framewise.toolkit.report.OutcomeText;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * Ends a command that made a smaller model: prints the figures, writes the report, and the model if it may be written.
 *
 * @param text for the figures
 * @param out where the model goes
 * @param json where the figures go as JSON; null for nowhere else than beside the model
 * @param force whether a refused model is written, marked
 */
record OutcomeWriter(PrintWriter text, Path out, Path json, boolean force) {
    /**
     * Writes.
     *
     * @return the exit code
     */
    int finish(Outcome outcome) throws IOException, ModelException {
        OutcomeFiles.write(out, outcome);
        if (json != null) {
            WholeFile.write(json, OutcomeJson.of(outcome));
        }
        text.print(OutcomeText.summary(outcome));
        if (!outcome.isAccepted() && !force) {
            text.println("Nothing is written but the report, " + OutcomeFiles.beside(out, ".report.md")
                    + ". Allow more with --budget, or write it all the same, marked, with --force.");
            text.flush();
            return 1;
        }
        Graph graph = Graph.of(outcome.model());
        if (!outcome.isAccepted()) {
            graph.setMetadata(OutcomeFiles.REFUSED, String.join("; ", outcome.reasons()));
        }
        ModelStore.write(out, graph.toModel());
        text.println("Written to " + out + (outcome.isAccepted() ? "" : ", marked as refused"));
        text.flush();
        return 0;
    }
}
