package dev.framewise.toolkit.table;

import dev.framewise.toolkit.Progress;
import dev.framewise.toolkit.classify.ClassifierDistillation;
import dev.framewise.toolkit.classify.PictureFolder;
import dev.framewise.toolkit.graph.WholeFile;
import dev.framewise.vision.asset.Fingerprint;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Makes the table. What it makes on the way lies in the plan's folder, and what lies there is not made again; times of the classifiers,
 * which take seconds, are always measured anew, those of a detector are kept with its row. One thread.
 */
public final class CompressionRun {
    private final TablePlan plan;
    private final PictureFolder train;
    private final PictureFolder test;
    private final Optional<DetectorData> detector;
    private final Progress progress;
    private final LongSupplier nanoTime;

    /**
     * A run.
     *
     * @param train what classifiers learn from
     * @param test what they are tried on, of the same classes
     * @param detector whose INT8 and FP16 are measured, too
     * @param nanoTime the clock that says how long it took
     */
    public CompressionRun(
            TablePlan plan,
            PictureFolder train,
            PictureFolder test,
            Optional<DetectorData> detector,
            Progress progress,
            LongSupplier nanoTime) {
        this.plan = plan;
        this.train = train;
        this.test = test;
        this.detector = detector;
        this.progress = progress;
        this.nanoTime = nanoTime;
    }

    /**
     * Makes it, and writes {@code table.md} and {@code table.json} into the folder.
     *
     * @throws IOException if the folder is another table's, or cannot be written
     * @throws ModelException if a model cannot be made or does not run
     */
    public CompressionTable run() throws IOException, ModelException {
        long start = nanoTime.getAsLong();
        claim("table.recipe", plan.recipe() + " pictures=" + hash(train) + " test=" + hash(test));
        ClassifierRows classifier = new ClassifierRows(plan, train, test, progress);
        ClassifierDistillation.Result distillation = classifier.distil();
        List<TableRow> rows = new ArrayList<>(classifier.rows());
        if (detector.isPresent()) {
            claim("detector.recipe", Fingerprint.of(detector.get().model()).sha256());
            DetectorRows detectors = new DetectorRows(plan.folder(), detector.get(), progress);
            rows.add(detectors.fp16());
            rows.add(detectors.int8());
        }
        CompressionTable table =
                new CompressionTable(rows, distillation, plan.labelEvery(), (nanoTime.getAsLong() - start) / 1e9);
        WholeFile.write(plan.folder().resolve("table.md"), TableText.markdown(table));
        WholeFile.write(plan.folder().resolve("table.json"), TableJson.of(table));
        return table;
    }

    /** What lies in a folder is reused: it must have come of the same plan and the same data. */
    private void claim(String name, String recipe) throws IOException {
        Path file = plan.folder().resolve(name);
        if (!Files.exists(file)) {
            WholeFile.write(file, recipe + "\n");
        } else if (!Files.readString(file).strip().equals(recipe)) {
            throw new IOException(file + ": this folder is another table's. Found: "
                    + Files.readString(file).strip() + ". Expected: " + recipe
                    + ". Give the same options, or another folder.");
        }
    }

    private static String hash(PictureFolder pictures) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int i = 0; i < pictures.size(); i++) {
                digest.update(pictures.pictures().get(i));
                digest.update(pictures.labels().get(i).byteValue());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
