package dev.framewise.toolkit.export;

import dev.framewise.toolkit.quantize.FinalTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of an export.
 *
 * @param asked what was asked for
 * @param files content of what was made, by the ending it is to get
 * @param parentBytes size of the model it comes from
 * @param precision in what it computes or keeps its weights, such as fp16
 * @param madeBy programs and their versions
 * @param ranBy what ran it back
 * @param agreement with the float model of the same size
 * @param resized what the float model sees at its own size, and what at this one; empty where these are the same or there are no pictures
 * @param overlapping whether pictures that it was compared on were used to make it, so that the figures flatter
 * @param reasons why it is refused; empty where it is not
 * @param notes what a reader of the report should know
 * @param seconds what all of it took
 */
public record ExportOutcome(
        ExportRequest asked,
        Map<String, byte[]> files,
        long parentBytes,
        String precision,
        String madeBy,
        String ranBy,
        Agreement agreement,
        Optional<FinalTest.Outcome> resized,
        boolean overlapping,
        List<String> reasons,
        List<String> notes,
        double seconds) {
    public ExportOutcome {
        files = Map.copyOf(files);
        reasons = List.copyOf(reasons);
        notes = List.copyOf(notes);
    }

    /** Whether it may be written. */
    public boolean isAccepted() {
        return reasons.isEmpty();
    }

    /** Size of all files together. */
    public long bytes() {
        return files.values().stream().mapToLong(content -> content.length).sum();
    }
}
