package dev.framewise.local.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.framewise.local.Looking;
import dev.framewise.local.TrackerOptions;
import dev.framewise.vision.eval.MotRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class EvalJsonTest {
    private static final MotRow PERSON = new MotRow(1, 5, 10, 10, 20, 40, 1, 0);

    @Test
    void hasTheKeysOfTheCommandLineContract() {
        EvalTask task = task(List.of(0, 1));
        EvalRun run = run(Optional.of(List.of(new MotRow(1, -1, 10, 10, 20, 40, 0.8, 0))));
        ObjectNode json = EvalJson.of("clip", task, run, Optional.of(EvalScores.of(run, List.of(PERSON))));

        assertThat(json.fieldNames())
                .toIterable()
                .contains(
                        "clip",
                        "model",
                        "interval",
                        "phases",
                        "HOTA",
                        "DetA",
                        "AssA",
                        "MOTA",
                        "IDF1",
                        "IDSW",
                        "AP50",
                        "detectorCalls",
                        "cpuMillisPerFrame");
        assertThat(json.at("/phases")).hasToString("[0,1]");
        assertThat(json.at("/MOTA").asDouble())
                .as("the mean of a perfect and an empty phase")
                .isEqualTo(50);
        assertThat(json.at("/scoresByPhase/0/MOTA").asDouble()).isEqualTo(100);
        assertThat(json.at("/AP50").asDouble()).isEqualTo(100);
        assertThat(json.at("/detectorCalls").asInt()).isEqualTo(2);
        assertThat(json.at("/cpuMillisPerFrame/inference").asDouble()).isEqualTo(14.5);
    }

    @Test
    void whatIsNotScoredIsNull() {
        ObjectNode json = EvalJson.of("clip", task(List.of(0)), run(Optional.empty()), Optional.empty());

        assertThat(json.at("/HOTA").isNull()).isTrue();
        assertThat(json.at("/AP50").isNull()).isTrue();
    }

    private static EvalTask task(List<Integer> phases) {
        return new EvalTask(
                Path.of("clip"),
                Path.of("model"),
                Looking.oneOf(2),
                phases,
                List.of(0),
                OptionalInt.empty(),
                new TrackerOptions());
    }

    /** Three frames; phase 0 shows the person, phase 1 nothing. */
    private static EvalRun run(Optional<List<MotRow>> detections) {
        return new EvalRun(
                "model",
                /* frames= */ 3,
                new TreeMap<>(Map.of(0, List.of(PERSON), 1, List.of())),
                detections,
                new TreeSet<>(Set.of(1, 2, 3)),
                new TreeMap<>(Map.of(0, 2, 1, 1)),
                new TreeMap<>(Map.of(0, Map.of("INTERVAL", 2))),
                new TreeMap<>(Map.of(0, 0.5, 1, 0.25)),
                /* frameSeconds= */ 0.1,
                Map.of("inference", 14.5),
                Map.of("luma", 0.9));
    }
}
