package dev.framewise.toolkit.distil;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a student is, and what it can be trusted with: the facts of one distillation, as Markdown. */
final class StudentCard {
    private StudentCard() {}

    /**
     * The card.
     *
     * @param sha256 of the model file, hexadecimal
     * @param scenes a line for each source of frames
     * @param scores of teacher and student on annotated frames, where there are any
     */
    static String of(
            DetectorPlan plan,
            long parameters,
            long sizeBytes,
            String sha256,
            float exportDifference,
            List<String> scenes,
            Optional<Scores> scores) {
        StringBuilder card = new StringBuilder();
        line(card, "# A detector of class `%s`, adapted to its scenes", plan.className());
        line(card, "");
        line(card, "| | |");
        line(card, "|---|---|");
        line(card, "| learned from | %s, over frames without labels |", plan.teacherName());
        line(card, "| weights | %d, %.3f MB |", parameters, sizeBytes / 1e6);
        line(card, "| SHA-256 | `%s` |", sha256);
        line(
                card,
                "| input | `images` [batch, 3, %d, %d], BGR, 0 to 1, top left |",
                SampleMaker.SHOWN_HEIGHT,
                SampleMaker.SHOWN_WIDTH);
        line(card, "| output | `output` [batch, 5, cells]: box and score, as YOLOv8 |");
        line(card, "| training | %d pictures, seed %d |", plan.steps() * DetectorPlan.BATCH, plan.seed());
        line(card, "| difference from PyTorch | %.1e of the larger of 1 and the number |", exportDifference);
        line(card, "");
        line(card, "It has seen these scenes and no others:");
        line(card, "");
        scenes.forEach(scene -> line(card, "- %s", scene));
        scores.ifPresent(s -> table(card, s));
        line(card, "");
        line(
                card,
                "It knows one class, fixed cameras, and people as these cameras show them. Somewhere else it finds fewer of");
        line(
                card,
                "them: distil another one from frames of that camera. Whoever stands still for more than half of the frames");
        line(card, "counts as background, and is unlearned.");
        return card.toString();
    }

    /** Teacher and student on the same frames, in turn. */
    record Scores(String frames, DetectionScore teacher, DetectionScore student) {}

    private static void table(StringBuilder card, Scores scores) {
        line(card, "");
        line(card, "On %s, which it has not learned from:", scores.frames);
        line(card, "");
        line(card, "| | AP50 | AP50-95 | recall at 0.3 | precision at 0.3 | CPU ms per frame, one thread |");
        line(card, "|---|---|---|---|---|---|");
        row(card, "teacher", scores.teacher);
        row(card, "student", scores.student);
    }

    private static void row(StringBuilder card, String who, DetectionScore score) {
        line(
                card,
                "| %s | %.3f | %.3f | %.3f | %.3f | %.1f |",
                who,
                score.ap50(),
                score.ap50To95(),
                score.recall(),
                score.precision(),
                score.cpuMillis());
    }

    private static void line(StringBuilder card, String format, Object... values) {
        card.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
