package dev.framewise.local.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The JSON that {@code eval --json} promises; a score that does not exist is null. */
final class EvalJson {
    private static final List<String> SCORES = List.of("HOTA", "DetA", "AssA", "LocA", "MOTA", "IDF1", "IDSW");
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private EvalJson() {}

    /** Writes the first run with its figures at the top, and all of them as the curve. */
    static void write(Path file, String clip, List<EvalTask> tasks, List<EvalRun> runs, List<EvalScores> scores)
            throws IOException {
        ObjectNode root = of(clip, tasks.get(0), runs.get(0), first(scores));
        List<AgainstEveryFrame> followed = AgainstEveryFrame.of(tasks, runs);
        ArrayNode curve = root.putArray("curve");
        for (int i = 0; i < runs.size(); i++) {
            ObjectNode point = curve.addObject();
            point.put("interval", tasks.get(i).looking().text());
            point.put("detectorCalls", runs.get(i).meanCalls());
            point.put(
                    "callsPerFrame",
                    runs.get(i).meanCalls() / Math.max(1, runs.get(i).frames()));
            if (i < scores.size()) {
                EvalScores score = scores.get(i);
                SCORES.forEach(name -> point.put(name, score.mean().get(name)));
            }
            point.put("mostCallsOverBudget", runs.get(i).mostOverBudget());
            if (i < followed.size()) {
                point.put("boxesFollowed", 100 * followed.get(i).share());
                point.put("newcomerFrames", followed.get(i).longestDelay());
                point.put(
                        "newcomerSeconds",
                        followed.get(i).longestDelay() * runs.get(i).frameSeconds());
                point.put("newcomersNeverShown", followed.get(i).neverShown());
            }
            point.put("totalCpuMillisPerFrame", runs.get(i).cpuMillisPerFrame().get("total"));
        }
        MAPPER.writeValue(file.toFile(), root);
    }

    /** Writes the curve over given detections. */
    static void write(Path file, Path sequences, List<SequencesRun.Scored> scored) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("sequences", sequences.toString());
        ArrayNode curve = root.putArray("curve");
        for (SequencesRun.Scored one : scored) {
            ObjectNode point = curve.addObject();
            point.put("interval", one.looking().text());
            point.put("callsPerFrame", one.callsPerFrame());
            SCORES.forEach(name -> point.put(name, one.mean().get(name)));
        }
        MAPPER.writeValue(file.toFile(), root);
    }

    static ObjectNode of(String clip, EvalTask task, EvalRun run, Optional<EvalScores> scores) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("clip", clip);
        root.put("model", run.model());
        if (task.looking().isAdaptive()) {
            root.put("interval", "adaptive");
            root.put("budget", task.looking().budget());
        } else {
            root.put("interval", task.looking().interval());
        }
        task.phases().forEach(root.putArray("phases")::add);
        root.put("frames", run.frames());
        for (String name : SCORES) {
            root.put(name, scores.map(s -> s.mean().get(name)).orElse(null));
        }
        root.put(
                "AP50",
                scores.filter(s -> s.ap50().isPresent())
                        .map(s -> s.ap50().getAsDouble())
                        .orElse(null));
        root.put("detectorCalls", mostCalls(run));
        ObjectNode cost = root.putObject("cpuMillisPerFrame");
        run.cpuMillisPerFrame().forEach(cost::put);
        ObjectNode bridge = root.putObject("cpuMillisPerSkippedFrame");
        run.bridgeMillis().forEach(bridge::put);
        ObjectNode reasons = root.putObject("reasonsByPhase");
        run.reasonsByPhase().forEach((phase, counts) -> counts.forEach(reasons.putObject(phase.toString())::put));
        ObjectNode byPhase = root.putObject("scoresByPhase");
        scores.ifPresent(s -> s.byPhase().forEach((phase, table) -> {
            ObjectNode node = byPhase.putObject(phase.toString());
            SCORES.forEach(name -> node.put(name, table.get(name)));
        }));
        return root;
    }

    private static Optional<EvalScores> first(List<EvalScores> scores) {
        return scores.isEmpty() ? Optional.empty() : Optional.of(scores.get(0));
    }

    /** Looks of one phase; where the phases differ, of the one with the most. */
    private static int mostCalls(EvalRun run) {
        return run.callsByPhase().values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
    }
}
