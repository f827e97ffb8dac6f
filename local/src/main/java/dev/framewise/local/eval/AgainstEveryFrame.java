package dev.framewise.local.eval;

import dev.framewise.local.report.Figures;
import dev.framewise.local.report.TextTable;
import dev.framewise.vision.eval.Followed;
import dev.framewise.vision.eval.MotRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is lost by looking less often, without annotations: every run of a curve against the one in which the detector looked at
 * every frame. Means over the phases, but for delays and budgets, of which the worst counts.
 *
 * @param share of the boxes of every frame that are followed, 0 to 1
 * @param longestDelay of a newcomer, frames
 * @param neverShown newcomers that were never shown, in the phase with the most
 */
record AgainstEveryFrame(double share, int longestDelay, long neverShown) {
    /** One for each run, in their order; empty where none looks at every frame, or no other is there. */
    static List<AgainstEveryFrame> of(List<EvalTask> tasks, List<EvalRun> runs) {
        Optional<List<MotRow>> reference = Optional.empty();
        for (int i = 0; i < runs.size(); i++) {
            if (isEveryFrame(tasks.get(i))) {
                reference = Optional.of(runs.get(i).tracksByPhase().get(0));
            }
        }
        List<AgainstEveryFrame> all = new ArrayList<>();
        if (runs.size() > 1 && reference.isPresent()) {
            for (EvalRun run : runs) {
                all.add(of(reference.get(), run));
            }
        }
        return all;
    }

    private static boolean isEveryFrame(EvalTask task) {
        return !task.looking().isAdaptive() && task.looking().interval() == 1;
    }

    private static AgainstEveryFrame of(List<MotRow> reference, EvalRun run) {
        double share = 0;
        int delay = 0;
        long never = 0;
        for (Map.Entry<Integer, List<MotRow>> phase : run.tracksByPhase().entrySet()) {
            Followed followed = Followed.of(reference, phase.getValue(), /* from= */ 1 + phase.getKey());
            share += followed.share() / run.tracksByPhase().size();
            delay = Math.max(delay, followed.longestDelay());
            never = Math.max(never, followed.neverShown());
        }
        return new AgainstEveryFrame(share, delay, never);
    }

    /** Says it; nothing where there is nothing to compare. */
    static String table(List<EvalTask> tasks, List<EvalRun> runs) {
        List<AgainstEveryFrame> all = of(tasks, runs);
        if (all.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable(
                "against every frame",
                "calls",
                "boxes followed %",
                "newcomer after frames",
                "seconds",
                "never",
                "over budget");
        for (int i = 0; i < all.size(); i++) {
            AgainstEveryFrame one = all.get(i);
            EvalRun run = runs.get(i);
            table.row(
                    tasks.get(i).looking().text(),
                    Figures.of(run.meanCalls(), 1),
                    Figures.of(100 * one.share(), 2),
                    Figures.of(one.longestDelay()),
                    Figures.of(one.longestDelay() * run.frameSeconds(), 2),
                    Figures.of(one.neverShown()),
                    Figures.of(run.mostOverBudget(), 2));
        }
        return table.toString();
    }
}
