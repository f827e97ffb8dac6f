package dev.framewise.toolkit.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The log of a training: CSV, one row every few steps with the means of the steps since the row before. Rows behind the
 * checkpoint that a training is resumed from are dropped: those steps are done again. One thread.
 */
final class TrainingLog implements AutoCloseable {
    /** One row; figures by their names, in the order of the columns. */
    record Row(long step, Map<String, Double> figures) {}

    private final PrintWriter out;
    private final List<Row> rows;
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private int steps;

    private TrainingLog(PrintWriter out, List<Row> rows) {
        this.out = out;
        this.rows = rows;
    }

    static TrainingLog open(Path file, long fromStep) throws IOException {
        List<Row> rows = fromStep > 0 && Files.exists(file) ? read(file, fromStep) : new ArrayList<>();
        PrintWriter out = new PrintWriter(Files.newBufferedWriter(file), /* autoFlush= */ false);
        TrainingLog log = new TrainingLog(out, new ArrayList<>());
        rows.forEach(log::print);
        return log;
    }

    private static List<Row> read(Path file, long upTo) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<Row> rows = new ArrayList<>();
        if (lines.isEmpty()) {
            return rows;
        }
        String[] names = lines.get(0).split(",");
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            long step = Long.parseLong(cells[0]);
            if (step <= upTo && cells.length == names.length) {
                Map<String, Double> figures = new LinkedHashMap<>();
                for (int i = 1; i < cells.length; i++) {
                    figures.put(names[i], Double.parseDouble(cells[i]));
                }
                rows.add(new Row(step, figures));
            }
        }
        return rows;
    }

    void add(Map<String, Float> figures) {
        figures.forEach((name, value) -> sums.merge(name, (double) value, Double::sum));
        steps++;
    }

    void write(long step, float learningRate) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        sums.forEach((name, sum) -> figures.put(name, sum / steps));
        figures.put("learningRate", (double) learningRate);
        sums.clear();
        steps = 0;
        print(new Row(step, figures));
        out.flush();
        if (out.checkError()) {
            throw new IOException("the log of the training cannot be written: is the disk full?");
        }
    }

    private void print(Row row) {
        if (rows.isEmpty()) {
            out.println("step," + String.join(",", row.figures.keySet()));
        }
        rows.add(row);
        StringBuilder line = new StringBuilder().append(row.step);
        row.figures.values().forEach(value -> line.append(String.format(Locale.ROOT, ",%.6g", value)));
        out.println(line);
    }

    /** All rows so far, oldest first. */
    List<Row> rows() {
        return rows;
    }

    @Override
    public void close() {
        out.close();
    }
}
