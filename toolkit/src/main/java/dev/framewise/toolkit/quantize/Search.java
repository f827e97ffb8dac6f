package dev.framewise.toolkit.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.Progress;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.trial.Stopwatch;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Looks for the units that stay in float. Harm and time of each unit alone say which divisions are worth a try ({@link Division}); each of
 * these is then built, and what it really loses and really takes is measured, because harms do not add up and neither do times.
 * The fastest that keeps within the budget, with room to spare because other pictures will come, is the answer.
 */
final class Search {
    /** What of the budget may be used up on the pictures of the search: other pictures will come. */
    private static final double SPARE = 0.7;

    private static final int FIRST_LOOK = 40;
    private static final int ENOUGH = 3;
    private static final int ROUNDS = 20;
    private static final int FINAL_ROUNDS = 60;
    private static final int SENSITIVITY_PICTURES = 10;

    private final Graph graph;
    private final Units units;
    private final Map<String, TensorStats> stats;
    private final Judge judge;
    private final QuantizeOptions options;
    private final ByteBuffer picture;
    private final long[] shape;
    private final Progress progress;
    private final LongSupplier nanoTime;
    private final long deadline;
    private final Map<Observer, QdqWriter> writers = new EnumMap<>(Observer.class);
    private double border;

    Search(
            Graph graph,
            Units units,
            Map<String, TensorStats> stats,
            Judge judge,
            QuantizeOptions options,
            Workload workload,
            Progress progress,
            LongSupplier nanoTime,
            long deadline) {
        this.graph = graph;
        this.units = units;
        this.stats = stats;
        this.judge = judge;
        this.options = options;
        picture = workload.calibration().get(0);
        shape = workload.shape();
        this.progress = progress;
        this.nanoTime = nanoTime;
        this.deadline = deadline;
    }

    /**
     * What came out.
     *
     * @param best the division to take
     * @param tried all that were measured
     * @param figures of each unit alone
     */
    record Found(Candidate best, List<Candidate> tried, List<UnitFigures> figures) {}

    /** Writes models whose ranges were read off so. */
    QdqWriter writer(Observer observer) {
        return writers.computeIfAbsent(
                observer, o -> new QdqWriter(graph, units, new RangePlan(graph, units, stats, o)));
    }

    /** Measures each unit alone. */
    private List<UnitFigures> measure(Observer observer) throws ModelException, IOException {
        QdqWriter writer = writer(observer);
        progress.stage("time of each unit", 1);
        UnitTimes times = new UnitTimes(graph, units, writer, picture, shape);
        border = times.borderNanos();
        progress.stage("harm of each unit", units.size());
        List<UnitFigures> figures = new ArrayList<>();
        for (Unit unit : units.all()) {
            BitSet one = new BitSet();
            one.set(unit.index());
            double drift = judge.score(writer.write(one), SENSITIVITY_PICTURES).drift();
            int values =
                    stats.containsKey(unit.output()) ? stats.get(unit.output()).size() : 0;
            figures.add(new UnitFigures(unit, drift, times.floatMicros(unit), times.int8Micros(unit), values));
            progress.step();
        }
        return figures;
    }

    /**
     * Tries divisions, and gives the best.
     *
     * @throws ModelException if a model that was made does not run
     */
    Found best() throws ModelException, IOException {
        Observer observer = options.observer().isPresent() ? options.observer().get() : observer(all());
        List<UnitFigures> figures = measure(observer);
        Collection<BitSet> family = new Division(graph, units, figures, border, stats).family();
        progress.stage("divisions into float and INT8", family.size());
        List<Candidate> tried = new ArrayList<>();
        for (BitSet int8 : family) {
            if (isTimeUp() && !tried.isEmpty()) {
                progress.tell("time is up: " + tried.size() + " of " + family.size() + " were tried");
                break;
            }
            tried.add(measure(int8, observer, FIRST_LOOK, ROUNDS));
            progress.step();
        }
        return new Found(finals(tried), tried, figures);
    }

    private boolean isTimeUp() {
        return nanoTime.getAsLong() > deadline;
    }

    private BitSet all() {
        BitSet all = new BitSet();
        all.set(0, units.size());
        return all;
    }

    /** The observer that harms least. */
    private Observer observer(BitSet int8) throws ModelException, IOException {
        progress.stage("ways to read off ranges", 1);
        Observer best = Observer.MINMAX;
        double least = Double.POSITIVE_INFINITY;
        for (Observer observer : Observer.values()) {
            Score score = judge.score(writer(observer).write(int8), FIRST_LOOK);
            progress.tell(
                    format("  all INT8, %s: drift %.4f, agreement %.4f", observer, score.drift(), score.agreement()));
            if (score.drift() < least) {
                least = score.drift();
                best = observer;
            }
        }
        return best;
    }

    /**
     * Measures again, on all pictures, the fastest first, until enough keep within the budget. Left out is what another is better than
     * in both respects.
     */
    private Candidate finals(List<Candidate> tried) throws ModelException, IOException {
        Score look = judge.reference(FIRST_LOOK);
        boolean late = isTimeUp();
        List<Candidate> front = tried.stream()
                .filter(one -> tried.stream().noneMatch(other -> other.isBetterThan(one)))
                // Where time is up, there is none for those that failed at the first look.
                .sorted(Comparator.comparing((Candidate one) -> late && !keeps(one, look))
                        .thenComparing(Comparator.comparing(Candidate::speedup).reversed()))
                .toList();
        progress.stage("the fastest again, on all " + judge.pictures() + " pictures of the search", 1);
        Score whole = judge.reference(judge.pictures());
        List<Candidate> measured = new ArrayList<>();
        int kept = 0;
        for (Candidate candidate : front) {
            if (kept == ENOUGH || (isTimeUp() && (kept > 0 || measured.size() >= ENOUGH))) {
                break;
            }
            for (Observer observer : observers(candidate)) {
                Candidate again = measure(candidate.int8(), observer, judge.pictures(), FINAL_ROUNDS);
                measured.add(again);
                kept += keeps(again, whole) ? 1 : 0;
            }
        }
        return choose(measured, whole);
    }

    /** Where the observer is free, another may suit a division better than it does the whole: the two likeliest are tried. */
    private Set<Observer> observers(Candidate candidate) {
        return options.observer().isPresent() || isTimeUp()
                ? EnumSet.of(candidate.observer())
                : EnumSet.of(candidate.observer(), Observer.MINMAX);
    }

    /**
     * The fastest that keeps within the budget and sees what the float model sees; where none does both, the fastest that keeps within
     * the budget on the labels; else the most faithful of those faster than float; else the fastest.
     */
    private Candidate choose(List<Candidate> tried, Score whole) {
        Comparator<Candidate> bySpeed = Comparator.comparing(Candidate::speedup);
        return tried.stream()
                .filter(candidate -> keeps(candidate, whole))
                .max(bySpeed)
                .or(() -> tried.stream()
                        .filter(candidate -> candidate.score().isLabelled() && keepsLabels(candidate, whole))
                        .max(bySpeed))
                .or(() -> tried.stream()
                        .filter(candidate -> candidate.speedup() > 1)
                        .min(Comparator.comparing(candidate -> candidate.score().drift())))
                .orElseGet(() -> tried.stream().max(bySpeed).orElseThrow());
    }

    private boolean keeps(Candidate candidate, Score whole) {
        double leastAgreement = 1 - SPARE * (1 - options.leastAgreement());
        return keepsLabels(candidate, whole) && candidate.score().agreement() >= leastAgreement;
    }

    private boolean keepsLabels(Candidate candidate, Score whole) {
        Score score = candidate.score();
        return !score.isLabelled() || whole.ap50() - score.ap50() <= SPARE * options.budget();
    }

    private Candidate measure(BitSet int8, Observer observer, int pictures, int rounds)
            throws ModelException, IOException {
        ModelProto model = writer(observer).write(int8);
        Score score = judge.score(model, pictures);
        try (TrialSession floats = TrialSession.open("the float model", graph.toModel());
                TrialSession quantized = TrialSession.open("the INT8 model", model)) {
            String input = graph.inputs().get(0).getName();
            floats.give(input, picture, shape);
            quantized.give(input, picture, shape);
            double[] millis = Stopwatch.medians(List.of(floats, quantized), /* warmUps= */ 3, rounds);
            double speedup = millis[0] / millis[1];
            progress.tell(format(
                    "  %d of %d units INT8: %.3fx, drift %.4f, agreement %.4f%s",
                    int8.cardinality(),
                    units.size(),
                    speedup,
                    score.drift(),
                    score.agreement(),
                    score.isLabelled() ? format(", AP50 %.4f", score.ap50()) : ""));
            return new Candidate(int8, observer, score, speedup);
        }
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
