package dev.framewise.local.eval;

import dev.framewise.local.Looking;
import dev.framewise.local.TrackerOptions;
import dev.framewise.local.report.Figures;
import dev.framewise.local.report.TextTable;
import dev.framewise.vision.eval.MotFormat;
import dev.framewise.vision.eval.MotRow;
import dev.framewise.vision.eval.SequenceInfo;
import dev.framewise.vision.eval.SequenceScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tracks the given detections of all sequences of a folder in one way, and scores them as one. */
final class SequencesRun {
    private final Path folder;
    private final Looking looking;
    private final List<Integer> phases;
    private final TrackerOptions tracker;

    /**
     * What came of it.
     *
     * @param sequences how many
     * @param callsPerFrame of the detector, as far as there were detections to be looked at
     * @param mean TrackEval's figures of all sequences together, mean over the phases, ratios times 100
     */
    record Scored(Looking looking, int sequences, double callsPerFrame, Map<String, Double> mean) {}

    SequencesRun(Path folder, Looking looking, List<Integer> phases, TrackerOptions tracker) {
        this.folder = folder;
        this.looking = looking;
        this.phases = phases;
        this.tracker = tracker;
    }

    /**
     * Runs, and writes one file for each sequence and phase.
     *
     * @throws IOException if there is no sequence, or one lacks a file
     */
    Scored run(Path out) throws IOException {
        List<Path> sequences = sequences();
        Path written = out.resolve(looking.text().replace(' ', '-'));
        Files.createDirectories(written);
        Map<String, Double> mean = new LinkedHashMap<>();
        long frames = 0;
        long calls = 0;
        for (int phase : phases) {
            List<SequenceScores> scores = new ArrayList<>();
            for (Path sequence : sequences) {
                SequenceInfo info = SequenceInfo.read(sequence.resolve("seqinfo.ini"));
                DetectionsRun run = new DetectionsRun(
                        MotFormat.byFrame(MotFormat.readDetections(sequence.resolve("det/det.txt")), /* minScore= */ 0),
                        looking,
                        phase,
                        tracker.create(looking, /* hasPictures= */ false),
                        tracker.isDelayed());
                List<MotRow> rows = run.run(info.frames());
                frames += info.frames();
                calls += run.calls();
                MotFormat.writeTracks(written.resolve(sequence.getFileName() + ".phase" + phase + ".txt"), rows);
                scores.add(SequenceScores.of(MotFormat.readTracks(sequence.resolve("gt/gt.txt")), rows, info.frames()));
            }
            SequenceScores.combine(scores)
                    .table()
                    .forEach((name, value) -> mean.merge(name, value / phases.size(), Double::sum));
        }
        return new Scored(looking, sequences.size(), calls / (double) Math.max(1, frames), mean);
    }

    private List<Path> sequences() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> found = entries.filter(entry -> Files.isRegularFile(entry.resolve("seqinfo.ini")))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new IOException(
                        folder + " holds no sequence: a folder with seqinfo.ini, det/det.txt and gt/gt.txt");
            }
            return found;
        }
    }

    /** As people read it. */
    static String table(List<Scored> all) {
        TextTable table = new TextTable("interval", "calls per frame", "HOTA", "MOTA", "IDF1", "IDSW", "sequences");
        for (Scored one : all) {
            table.row(
                    one.looking().text(),
                    Figures.of(one.callsPerFrame(), 3),
                    Figures.of(one.mean().get("HOTA"), 2),
                    Figures.of(one.mean().get("MOTA"), 2),
                    Figures.of(one.mean().get("IDF1"), 2),
                    Figures.of(one.mean().get("IDSW"), 1),
                    Figures.of(one.sequences()));
        }
        return table.toString();
    }
}
