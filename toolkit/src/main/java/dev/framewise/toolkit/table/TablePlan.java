package dev.framewise.toolkit.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the table is made.
 *
 * @param folder where everything is kept
 * @param seed of everything random
 * @param teacherChannels of the residual classifier that is made smaller, its first stage's
 * @param studentChannels of the residual student's first stage
 * @param epochs passes over the pictures of teacher and students
 * @param finetuneEpochs passes after pruning
 * @param seeds how many students are trained each way, at least 1
 * @param labelEvery students are told the class of one picture of so many
 * @param pruned share of the filters that go, above 0, below 1
 * @param rounds of timing that count
 */
public record TablePlan(
        Path folder,
        long seed,
        int teacherChannels,
        int studentChannels,
        int epochs,
        int finetuneEpochs,
        int seeds,
        int labelEvery,
        double pruned,
        int rounds) {
    public TablePlan {
        List<String> problems = new ArrayList<>();
        require(problems, teacherChannels, "channels of the teacher");
        require(problems, studentChannels, "channels of the student");
        require(problems, epochs, "epochs");
        require(problems, finetuneEpochs, "epochs after pruning");
        require(problems, seeds, "seeds");
        require(problems, labelEvery, "pictures per label");
        require(problems, rounds, "rounds");
        if (!(pruned > 0 && pruned < 1)) {
            problems.add("pruned is " + pruned + "; allowed: above 0, below 1");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static void require(List<String> problems, int count, String name) {
        if (count < 1) {
            problems.add(name + ": " + count + "; allowed: from 1");
        }
    }

    /** What the README's table is made with. */
    public static TablePlan standard(Path folder, long seed, int seeds, int epochs) {
        return new TablePlan(
                folder,
                seed,
                /* teacherChannels= */ 64,
                /* studentChannels= */ 16,
                epochs,
                /* finetuneEpochs= */ 10,
                seeds,
                /* labelEvery= */ 16,
                /* pruned= */ 0.3,
                /* rounds= */ 400);
    }

    /** The same stages with small networks and few steps: to see that it runs, not what holds. */
    public static TablePlan quick(Path folder, long seed) {
        return new TablePlan(
                folder, seed, 16, 8, /* epochs= */ 4, /* finetuneEpochs= */ 2, 1, 4, 0.3, /* rounds= */ 20);
    }

    /** All of it that results depend on. */
    String recipe() {
        return "seed=" + seed + " channels=" + teacherChannels + "/" + studentChannels + " epochs=" + epochs + "+"
                + finetuneEpochs + " seeds=" + seeds + " labelEvery=" + labelEvery + " pruned=" + pruned;
    }
}
