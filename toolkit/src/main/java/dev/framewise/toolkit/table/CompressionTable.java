package dev.framewise.toolkit.table;

import dev.framewise.toolkit.classify.ClassifierDistillation;
import java.util.List;

/**
 * The table.
 *
 * @param rows in the order they were made
 * @param distillation the students behind the row of distillation, alone and with their teacher
 * @param labelEvery students were told the class of one picture of so many
 * @param seconds that this run took; stages that were there before took theirs then
 */
public record CompressionTable(
        List<TableRow> rows, ClassifierDistillation.Result distillation, int labelEvery, double seconds) {
    public CompressionTable {
        rows = List.copyOf(rows);
    }
}
