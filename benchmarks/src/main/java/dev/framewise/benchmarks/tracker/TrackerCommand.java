package dev.framewise.benchmarks.tracker;

import dev.framewise.benchmarks.BenchOutput;
import dev.framewise.benchmarks.Figure;
import dev.framewise.benchmarks.Rounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code framewise bench tracker}: CPU time and memory of a frame. */
@Command(
        name = "tracker",
        description = "CPU time and memory of the tracker per frame, detections given.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class TrackerCommand implements Callable<Integer> {
    /** The fastest tracker we know of, ByteTrack-cpp with -O3, CPU microseconds by objects; on another machine and scene. */
    private static final Map<Integer, Double> PEER_MICROS = new TreeMap<>(Map.of(8, 12.0, 100, 268.0));

    private static final String PEER = "ByteTrack-cpp -O3 (published; other machine, other scene)";
    private static final int ROUNDS = 9;
    private static final int WARM_UP_ROUNDS = 3;

    @Option(
            names = "--frames",
            defaultValue = "2000",
            description = "Frames of a round, of which there are 9 and 3 for warming up. Default: ${DEFAULT-VALUE}")
    private int frames;

    @Mixin
    private BenchOutput output;

    @Override
    public Integer call() throws IOException {
        output.atLeast(/* least= */ 1, frames, "--frames");
        Rounds rounds = new Rounds();
        Map<Integer, TrackerRun> runs = new TreeMap<>();
        PEER_MICROS.keySet().forEach(objects -> runs.put(objects, new TrackerRun(objects)));
        output.progress("warming up");
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            runs.values().forEach(run -> run.run(frames));
        }
        for (int round = 1; round <= ROUNDS; round++) {
            output.progress("round " + round + " of " + ROUNDS);
            runs.forEach((objects, run) -> run.round(frames, rounds, micros(objects), bytes(objects)));
        }
        output.show(figures(rounds, runs));
        return 0;
    }

    private static List<Figure> figures(Rounds rounds, Map<Integer, TrackerRun> runs) {
        List<Figure> figures = new ArrayList<>();
        runs.forEach((objects, run) -> {
            figures.add(Figure.of(micros(objects), rounds.median(micros(objects)), "CPU µs per frame")
                    .against(PEER, PEER_MICROS.get(objects)));
            figures.add(Figure.of(bytes(objects), rounds.median(bytes(objects)), "bytes per frame"));
            figures.add(Figure.of("tracker.boxes." + objects, run.boxesPerFrame(), "boxes per frame")
                    .against("objects in the scene", objects));
        });
        return figures;
    }

    private static String micros(int objects) {
        return "tracker.micros." + objects;
    }

    private static String bytes(int objects) {
        return "tracker.bytes." + objects;
    }
}
