package dev.framewise.local.eval;

import dev.framewise.local.Looking;
import dev.framewise.local.report.Figures;
import dev.framewise.local.report.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code eval} says at the end: one run in detail, several as a curve. */
final class EvalReport {
    private EvalReport() {}

    /** @param scores one for each run, or none */
    static void print(PrintWriter terminal, List<EvalTask> tasks, List<EvalRun> runs, List<EvalScores> scores) {
        if (runs.size() == 1) {
            printOne(terminal, runs.get(0), scores);
        } else {
            printCurve(terminal, tasks, runs, scores);
        }
        terminal.flush();
    }

    /** The curve as a picture. */
    static CurveChart chart(String clip, List<EvalTask> tasks, List<EvalRun> runs, List<EvalScores> scores) {
        List<CurveChart.Point> points = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Looking looking = tasks.get(i).looking();
            Map<String, Double> mean = scores.get(i).mean();
            points.add(new CurveChart.Point(
                    looking.isAdaptive() ? Figures.of(looking.budget(), 2) : "1 of " + looking.interval(),
                    looking.isAdaptive(),
                    runs.get(i).meanCalls() / Math.max(1, runs.get(i).frames()),
                    List.of(mean.get("HOTA"), mean.get("MOTA"), mean.get("IDF1"))));
        }
        return new CurveChart(clip + ": how tracks hold when the detector looks less often", points);
    }

    private static void printOne(PrintWriter terminal, EvalRun run, List<EvalScores> scores) {
        if (scores.isEmpty()) {
            terminal.println("no annotations: not scored (--gt names them)");
        } else {
            TextTable table = new TextTable("phase", "HOTA", "DetA", "AssA", "MOTA", "IDF1", "IDSW", "calls");
            scores.get(0)
                    .byPhase()
                    .forEach((phase, row) -> table.row(
                            cells(phase.toString(), row, run.callsByPhase().getOrDefault(phase, 0))));
            table.row(cells("mean", scores.get(0).mean(), run.meanCalls()));
            terminal.print(table);
            scores.get(0).ap50().ifPresent(ap50 -> terminal.println("AP50 " + Figures.of(ap50, 2)));
        }
        terminal.println("the detector looked at " + Figures.of(run.meanCalls(), 1) + " of " + run.frames()
                + " frames: " + run.reasonsByPhase());
        costs(terminal, "CPU ms per frame", run.cpuMillisPerFrame());
        costs(terminal, "CPU ms per skipped frame", run.bridgeMillis());
    }

    private static void costs(PrintWriter terminal, String title, Map<String, Double> millis) {
        if (!millis.isEmpty()) {
            TextTable cost = new TextTable(title, "");
            millis.forEach((stage, value) -> cost.row(stage, Figures.of(value, 3)));
            terminal.print(cost);
        }
    }

    private static void printCurve(
            PrintWriter terminal, List<EvalTask> tasks, List<EvalRun> runs, List<EvalScores> scores) {
        TextTable table = new TextTable(
                "interval", "calls", "HOTA", "MOTA", "IDF1", "IDSW", "CPU ms per frame", "per skipped frame");
        for (int i = 0; i < runs.size(); i++) {
            EvalRun run = runs.get(i);
            Map<String, Double> mean =
                    scores.isEmpty() ? Map.of() : scores.get(i).mean();
            table.row(
                    tasks.get(i).looking().text(),
                    Figures.of(run.meanCalls(), 1),
                    Figures.of(mean.getOrDefault("HOTA", Double.NaN), 2),
                    Figures.of(mean.getOrDefault("MOTA", Double.NaN), 2),
                    Figures.of(mean.getOrDefault("IDF1", Double.NaN), 2),
                    Figures.of(mean.getOrDefault("IDSW", Double.NaN), 1),
                    Figures.of(run.cpuMillisPerFrame().getOrDefault("total", Double.NaN), 2),
                    Figures.of(run.bridgeMillis().getOrDefault("total", Double.NaN), 2));
        }
        terminal.print(table);
        terminal.print(AgainstEveryFrame.table(tasks, runs));
    }

    private static String[] cells(String name, Map<String, Double> row, double calls) {
        return new String[] {
            name,
            Figures.of(row.get("HOTA"), 2),
            Figures.of(row.get("DetA"), 2),
            Figures.of(row.get("AssA"), 2),
            Figures.of(row.get("MOTA"), 2),
            Figures.of(row.get("IDF1"), 2),
            Figures.of(row.get("IDSW"), 1),
            Figures.of(calls, 1)
        };
    }
}
