package dev.framewise.toolkit.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.Progress;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.picture.Split;
import dev.framewise.vision.asset.Fingerprint;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a float detector INT8, as far as that pays: fold, calibrate, search, test on pictures that nothing before has seen.
 *
 * <p>Methods: Jacob et al., Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference, 2018 (the
 * arithmetic); Nagel et al., A White Paper on Neural Network Quantization, 2021 (per-channel weights, ranges, sensitivity); the division
 * into float and INT8 as a minimum cut over measured harm and measured time is ours: docs/decisions/0035. One thread.
 */
public final class Quantization {
    private static final String METADATA = "framewise.quantize.";
    private static final int NAMED_UNITS = 400;

    private final Conversion conversion;
    private final QuantizeOptions options;
    private final Progress progress;

    /** @param conversion of what, and how it is judged */
    public Quantization(Conversion conversion) {
        this.conversion = conversion;
        this.options = conversion.options();
        this.progress = conversion.progress();
    }

    /**
     * Searches.
     *
     * @throws ModelException if the model cannot be quantized or judged at all; a model that comes out too bad is an outcome
     * @throws IOException if pictures cannot be read
     */
    public Outcome search() throws ModelException, IOException {
        return run(Optional.empty());
    }

    /**
     * Makes again what a recipe says, without a search.
     *
     * @throws ModelException if the recipe is of another model
     */
    public Outcome follow(Recipe recipe) throws ModelException, IOException {
        return run(Optional.of(recipe));
    }

    private Outcome run(Optional<Recipe> recipe) throws ModelException, IOException {
        long start = conversion.nanoTime().getAsLong();
        Split split = Split.of(
                conversion.pictures().count(),
                options.calibrationPictures(),
                options.searchPictures(),
                options.testPictures());
        progress.stage("folding", 1);
        Prepared prepared = Prepared.of(conversion.model());
        Fingerprint parent = Fingerprint.of(conversion.model());
        Graph graph = prepared.graph();
        Units units = new Units(graph);
        if (units.size() == 0) {
            throw new ModelException(
                    conversion.model() + ": has no operator that can be INT8 here: nothing to quantize");
        }
        try (Workload workload = conversion.workload(split)) {
            Map<String, TensorStats> stats = calibrate(graph, units, workload, recipe);
            Search.Found found;
            QdqWriter writer;
            try (Judge judge = new Judge(conversion.model(), conversion.detection(), workload, conversion.labels())) {
                Search search = new Search(
                        graph,
                        units,
                        stats,
                        judge,
                        options,
                        workload,
                        progress,
                        conversion.nanoTime(),
                        start + options.atMost().toNanos());
                found = recipe.isPresent() ? followed(units, recipe.get(), parent) : search.best();
                writer = search.writer(found.best().observer());
            }
            Recipe done = recipe(units, found.best(), parent, workload, split);
            Graph made = writer.graph(found.best().int8());
            made.setMetadata("framewise.precision", "int8");
            made.setMetadata(METADATA + "parent", parent.sha256());
            made.setMetadata(METADATA + "recipe", units.size() <= NAMED_UNITS ? done.toJson() : "see its report");
            ModelProto finished = made.toModel();
            progress.stage("timing all three, 10 rounds to warm up and 100 that count", 1);
            Outcome.Millis millis = conversion.time(prepared, finished, workload);
            FinalTest.Outcome test = conversion.test(finished, split);
            return new Outcome(
                    conversion.modelName(),
                    "int8",
                    finished,
                    parent.sizeBytes(),
                    finished.getSerializedSize(),
                    millis,
                    test,
                    split.overlapping(),
                    conversion.labelsFile(),
                    Verdict.reasons(test, millis, options, /* mustBeFaster= */ true),
                    rows(found),
                    found.tried().stream()
                            .map(c -> new Outcome.Trial(
                                    c.int8().cardinality(),
                                    c.speedup(),
                                    c.score().drift()))
                            .toList(),
                    done,
                    (conversion.nanoTime().getAsLong() - start) / 1e9);
        }
    }

    private Map<String, TensorStats> calibrate(Graph graph, Units units, Workload workload, Optional<Recipe> recipe)
            throws ModelException {
        Optional<Observer> observer = recipe.map(Recipe::observer).or(options::observer);
        int passes = observer.isEmpty() || observer.get().needsHistogram() ? 2 : 1;
        progress.stage("calibrating", passes * workload.calibration().size());
        return Calibration.observe(graph, units, workload.calibration(), workload.shape(), passes, progress::step);
    }

    private Search.Found followed(Units units, Recipe recipe, Fingerprint parent) throws ModelException {
        if (!recipe.parentSha256().equals(parent.sha256())) {
            throw new ModelException(conversion.model() + ": the recipe is of a model of SHA-256 "
                    + recipe.parentSha256() + "; this one's is " + parent.sha256());
        }
        Set<String> floats = new HashSet<>(recipe.floatUnits());
        BitSet int8 = new BitSet();
        for (Unit unit : units.all()) {
            int8.set(unit.index(), !floats.remove(unit.name()));
        }
        if (!floats.isEmpty()) {
            throw new ModelException(conversion.model() + ": the recipe names units that are not there: " + floats);
        }
        Candidate candidate = new Candidate(
                int8, recipe.observer(), new Score(0, 1, Double.NaN, Double.NaN), /* speedup= */ Double.NaN);
        List<UnitFigures> figures = units.all().stream()
                .map(unit -> new UnitFigures(unit, Double.NaN, Double.NaN, Double.NaN, 0))
                .toList();
        return new Search.Found(candidate, List.of(), figures);
    }

    private static Recipe recipe(Units units, Candidate best, Fingerprint parent, Workload workload, Split split) {
        return new Recipe(
                Recipe.VERSION,
                parent.sha256(),
                workload.dataHash(),
                List.copyOf(split.calibration()),
                best.observer(),
                units.all().stream()
                        .filter(unit -> !best.int8().get(unit.index()))
                        .map(Unit::name)
                        .toList());
    }

    private static List<Outcome.UnitRow> rows(Search.Found found) {
        return found.figures().stream()
                .map(f -> new Outcome.UnitRow(
                        f.unit().name(),
                        f.unit().kind(),
                        found.best().int8().get(f.unit().index()),
                        f.drift(),
                        f.floatMicros(),
                        f.int8Micros()))
                .toList();
    }
}
