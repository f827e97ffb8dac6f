package dev.framewise.vision.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of objects that stand still: boxes of 10 x 10 pixels. */
final class TestingRows {
    private TestingRows() {}

    /** One identity at x from a first to a last frame. */
    static List<MotRow> still(int id, double x, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(frame -> row(frame, id, x, /* confidence= */ 1))
                .toList();
    }

    static MotRow row(int frame, int id, double x, double confidence) {
        return new MotRow(frame, id, x, /* y= */ 0, /* width= */ 10, /* height= */ 10, confidence, /* classId= */ 0);
    }

    @SafeVarargs
    static List<MotRow> join(List<MotRow>... parts) {
        List<MotRow> all = new ArrayList<>();
        for (List<MotRow> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
