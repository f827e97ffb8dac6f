package dev.framewise.toolkit;

import dev.framewise.toolkit.gate.Gate;
import dev.framewise.toolkit.gate.GateBudget;
import dev.framewise.toolkit.gate.GateReport;
import dev.framewise.toolkit.gate.GateRow;
import dev.framewise.toolkit.graph.WholeFile;
import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.toolkit.quantize.Labels;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.asset.ClipAnnotations;
import dev.framewise.vision.asset.Fingerprint;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewise model gate}: whether a candidate may follow a baseline. */
@Command(
        name = "gate",
        description =
                "Compares a candidate with a baseline on labelled clips; exit code 1 where it loses more than it may.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class GateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CANDIDATE", description = "Name in the asset catalog, or an ONNX file")
    private String candidate;

    @Option(names = "--against", paramLabel = "MODEL", required = true, description = "The baseline")
    private String baseline;

    @Option(names = "--clip", paramLabel = "CLIP", required = true, description = "A labelled clip; may be repeated")
    private List<String> clips = new ArrayList<>();

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description =
                    "Annotations in MOT format, one for each clip in the same order; known for clips of the catalog")
    private List<String> labels = new ArrayList<>();

    @Option(
            names = "--class",
            paramLabel = "INDEX",
            defaultValue = "0",
            description = "Class of the labels (default: 0)")
    private int classId;

    @Option(
            names = "--ap50",
            paramLabel = "R",
            defaultValue = "0.01",
            description = "AP50 that may be lost (default: 0.01)")
    private double ap50;

    @Option(
            names = "--ap50-95",
            paramLabel = "R",
            defaultValue = "0.02",
            description = "AP50-95 that may be lost (default: 0.02)")
    private double ap50To95;

    @Option(
            names = "--hota",
            paramLabel = "R",
            defaultValue = "0.02",
            description = "HOTA that may be lost, of 1 (default: 0.02)")
    private double hota;

    @Option(
            names = "--latency",
            paramLabel = "R",
            defaultValue = "1",
            description = "Most CPU time, over the baseline's (default: 1)")
    private double latency;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the outcome there, as JSON; publish takes it")
    private Path json;

    @Override
    public Integer call() throws ModelException, IOException {
        GateBudget budget = budget();
        if (!labels.isEmpty() && labels.size() != clips.size()) {
            throw new ParameterException(
                    spec.commandLine(),
                    clips.size() + " clips and " + labels.size() + " files of labels; give one for each");
        }
        Path before = NamedModel.find(baseline);
        Path after = NamedModel.find(candidate);
        DetectorOptions options =
                DetectorOptions.builder().scoreThreshold(0.01f).build();
        Gate gate = new Gate(before, after, options);
        Progress progress = new Progress(spec.commandLine().getErr());
        List<GateRow> rows = new ArrayList<>();
        for (int i = 0; i < clips.size(); i++) {
            progress.stage("clip " + clips.get(i), 1);
            Path clip = Path.of(clips.get(i));
            PictureSupply supply = PictureSupply.of(
                    Files.exists(clip) ? clip : AssetCatalog.standard().locate(clips.get(i)));
            rows.add(gate.run(supply, Labels.read(annotations(i), classId, supply.count())));
        }
        GateReport report = new GateReport(
                Fingerprint.of(before).sha256(),
                Fingerprint.of(after).sha256(),
                Files.size(before),
                Files.size(after),
                precision(before, options),
                precision(after, options),
                rows,
                Gate.reasons(rows, budget));
        if (json != null) {
            WholeFile.write(json, report.json());
        }
        spec.commandLine().getOut().print(report.text());
        spec.commandLine().getOut().flush();
        return report.reasons().isEmpty() ? 0 : 1;
    }

    private GateBudget budget() {
        try {
            return new GateBudget(ap50, ap50To95, hota, latency);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Path annotations(int clip) throws IOException {
        if (!labels.isEmpty()) {
            Path file = Path.of(labels.get(clip));
            return Files.exists(file) ? file : AssetCatalog.standard().locate(labels.get(clip));
        }
        String known = ClipAnnotations.of(clips.get(clip))
                .orElseThrow(() -> new IOException(
                        clips.get(clip) + ": nothing is known of what is to be found in it; give --labels"));
        return AssetCatalog.standard().locate(known);
    }

    private static String precision(Path model, DetectorOptions options) throws ModelException {
        try (Detector detector = Detector.open(model, options)) {
            return detector.info().precision();
        }
    }
}
