package dev.framewise.toolkit.report;

import dev.framewise.toolkit.graph.WholeFile;
import dev.framewise.toolkit.quantize.Outcome;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the report of an {@link Outcome} beside the model it is of: {@code .report.md}, {@code .report.json}, {@code .report.svg}, {@code .recipe.json}. */
public final class OutcomeFiles {
    /** Key of a model's metadata that says why it was refused. */
    public static final String REFUSED = "framewise.refused";

    private OutcomeFiles() {}

    /**
     * Writes them.
     *
     * @param model where the model stands or would stand
     */
    public static void write(Path model, Outcome outcome) throws IOException {
        WholeFile.write(beside(model, ".report.md"), OutcomeText.full(outcome));
        WholeFile.write(beside(model, ".report.json"), OutcomeJson.of(outcome));
        if (!outcome.units().isEmpty()) {
            WholeFile.write(beside(model, ".report.svg"), OutcomeChart.of(outcome));
        }
        if (outcome.recipe() != null) {
            WholeFile.write(beside(model, ".recipe.json"), outcome.recipe().toJson() + "\n");
        }
    }

    /** A file of the model's name with another ending. */
    public static Path beside(Path model, String ending) {
        String name = model.getFileName().toString();
        String base = name.endsWith(".onnx") ? name.substring(0, name.length() - ".onnx".length()) : name;
        return model.resolveSibling(base + ending);
    }
}
