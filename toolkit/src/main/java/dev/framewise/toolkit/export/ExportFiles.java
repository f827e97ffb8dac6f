package dev.framewise.toolkit.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.WholeFile;
import dev.framewise.toolkit.report.OutcomeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Writes what was exported: the main file last, so that where it is, all is. */
public final class ExportFiles {
    private ExportFiles() {}

    /** Writes the report alone, beside where the model is or would be. */
    public static void writeReport(Path out, ExportOutcome outcome) throws IOException {
        WholeFile.write(
                report(out, ".md"),
                "# " + outcome.asked().model().getFileName() + " for "
                        + outcome.asked().target() + "\n\n" + ExportReport.text(outcome));
        WholeFile.write(report(out, ".json"), ExportReport.json(outcome));
    }

    /** Where the report is. */
    public static Path report(Path out, String ending) {
        return out.resolveSibling(out.getFileName() + ".report" + ending);
    }

    /** Writes the model, marked in itself where it was refused and its format has a place for that. */
    public static void writeModel(Path out, ExportOutcome outcome) throws IOException {
        String main = outcome.asked().target().ending();
        for (Map.Entry<String, byte[]> file : outcome.files().entrySet()) {
            if (!file.getKey().equals(main)) {
                write(ExportTarget.beside(out, main, file.getKey()), file.getValue());
            }
        }
        byte[] content = outcome.files().get(main);
        if (!outcome.isAccepted() && outcome.asked().target() == ExportTarget.ONNX) {
            Graph graph = Graph.of(ModelProto.parseFrom(content));
            graph.setMetadata(OutcomeFiles.REFUSED, String.join("; ", outcome.reasons()));
            content = graph.toModel().toByteArray();
        }
        write(out, content);
    }

    private static void write(Path file, byte[] content) throws IOException {
        WholeFile.write(file, out -> out.write(content));
    }
}
