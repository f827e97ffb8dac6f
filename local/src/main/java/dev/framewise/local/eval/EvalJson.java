package dev.framewise.local.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
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

    static void write(Path file, String clip, EvalTask task, EvalRun run, Optional<EvalScores> scores)
            throws IOException {
        MAPPER.writeValue(file.toFile(), of(clip, task, run, scores));
    }

    static ObjectNode of(String clip, EvalTask task, EvalRun run, Optional<EvalScores> scores) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("clip", clip);
        root.put("model", run.model());
        root.put("interval", task.interval());
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
        root.put("detectorCalls", detectorCalls(task, run));
        ObjectNode cost = root.putObject("cpuMillisPerFrame");
        run.cpuMillisPerFrame().forEach(cost::put);
        ObjectNode byPhase = root.putObject("scoresByPhase");
        scores.ifPresent(s -> s.byPhase().forEach((phase, table) -> {
            ObjectNode node = byPhase.putObject(phase.toString());
            SCORES.forEach(name -> node.put(name, table.get(name)));
        }));
        return root;
    }

    /** Key frames of one phase; where the phases differ by one, of the one with the most. */
    private static int detectorCalls(EvalTask task, EvalRun run) {
        return task.phases().stream()
                .mapToInt(phase -> task.keyFrames(run.frames(), phase))
                .max()
                .orElse(0);
    }
}
