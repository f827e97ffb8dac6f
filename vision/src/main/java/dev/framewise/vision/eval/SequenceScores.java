package dev.framewise.vision.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All tracking scores of one sequence, or of several taken together. */
public record SequenceScores(Hota hota, Clear clear, Identity identity) {
    /** Scores one sequence. */
    public static SequenceScores of(Sequence sequence) {
        return new SequenceScores(Hota.of(sequence), Clear.of(sequence), Identity.of(sequence));
    }

    /** Scores tracks against annotations; parameters as of {@link Sequence#of}. */
    public static SequenceScores of(List<MotRow> annotations, List<MotRow> tracks, int frames) {
        return of(Sequence.of(annotations, tracks, frames));
    }

    /** All sequences as one, which is not the mean of their scores: long and crowded ones weigh more. */
    public static SequenceScores combine(List<SequenceScores> sequences) {
        return new SequenceScores(
                Hota.combine(sequences.stream().map(SequenceScores::hota).toList()),
                Clear.combine(sequences.stream().map(SequenceScores::clear).toList()),
                Identity.combine(
                        sequences.stream().map(SequenceScores::identity).toList()));
    }

    /** The figures by TrackEval's names, in the usual order: ratios times 100, and counts. */
    public Map<String, Double> table() {
        Map<String, Double> table = new LinkedHashMap<>();
        table.put("HOTA", 100 * hota.hota());
        table.put("DetA", 100 * hota.detA());
        table.put("AssA", 100 * hota.assA());
        table.put("LocA", 100 * hota.locA());
        table.put("MOTA", 100 * clear.mota());
        table.put("IDF1", 100 * identity.idf1());
        table.put("IDSW", (double) clear.identitySwitches());
        table.put("FP", (double) clear.falsePositives());
        table.put("FN", (double) clear.falseNegatives());
        table.put("GT", (double) clear.truthBoxes());
        return table;
    }
}
