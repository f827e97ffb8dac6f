package dev.framewise.toolkit.table;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.framewise.toolkit.Progress;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.graph.WholeFile;
import dev.framewise.toolkit.quantize.Conversion;
import dev.framewise.toolkit.quantize.HalfPrecision;
import dev.framewise.toolkit.quantize.Outcome;
import dev.framewise.toolkit.quantize.Quantization;
import dev.framewise.toolkit.quantize.QuantizeOptions;
import dev.framewise.toolkit.report.OutcomeFiles;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * INT8 and FP16 of a detector, each with its model, its report and its row in the folder. A row that is there is not made again: a search
 * takes minutes.
 */
final class DetectorRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final DetectorData data;
    private final Progress progress;

    DetectorRows(Path folder, DetectorData data, Progress progress) {
        this.folder = folder;
        this.data = data;
        this.progress = progress;
    }

    TableRow int8() throws IOException, ModelException {
        Optional<TableRow> kept = kept("int8");
        if (kept.isPresent()) {
            return kept.get();
        }
        return keep(Promise.INT8, new Quantization(conversion()).search());
    }

    TableRow fp16() throws IOException, ModelException {
        Optional<TableRow> kept = kept("fp16");
        if (kept.isPresent()) {
            return kept.get();
        }
        return keep(Promise.FP16, new HalfPrecision(conversion()).make());
    }

    private Conversion conversion() {
        return new Conversion(
                data.model(),
                data.pictures(),
                Optional.of(data.labels()),
                data.detection(),
                QuantizeOptions.defaults(),
                progress,
                System::nanoTime);
    }

    private Path file(String precision, String ending) {
        return folder.resolve("detector-" + precision + ending);
    }

    private Optional<TableRow> kept(String precision) throws IOException {
        Path file = file(precision, ".row.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        progress.tell("detector in " + precision + ": kept from before, " + file);
        return Optional.of(JSON.readValue(Files.readString(file), TableRow.class));
    }

    private TableRow keep(Promise promise, Outcome outcome) throws IOException, ModelException {
        Path model = file(outcome.precision(), ".onnx");
        OutcomeFiles.write(model, outcome);
        ModelStore.write(model, outcome.model());
        TableRow row = new TableRow(
                promise,
                data.name(),
                outcome.parentBytes(),
                outcome.bytes(),
                outcome.millis().published(),
                outcome.millis().made(),
                "AP50",
                outcome.test().before().ap50(),
                outcome.test().after().ap50());
        WholeFile.write(file(outcome.precision(), ".row.json"), JSON.writeValueAsString(row));
        return row;
    }
}
