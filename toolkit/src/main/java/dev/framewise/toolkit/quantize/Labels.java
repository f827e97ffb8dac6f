package dev.framewise.toolkit.quantize;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.eval.AveragePrecision;
import dev.framewise.vision.eval.MotFormat;
import dev.framewise.vision.eval.MotFormatException;
import dev.framewise.vision.eval.MotRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is to be found in numbered pictures, in MOT format.
 *
 * @param file where it stands
 * @param rows annotations
 * @param classId the class of the model that they are of
 */
public record Labels(Path file, List<MotRow> rows, int classId) {
    public Labels {
        rows = List.copyOf(rows);
    }

    /**
     * Reads annotations and looks whether they belong to the pictures.
     *
     * @param pictures number of pictures they are of
     * @throws IOException if the file cannot be read, or names pictures that are not there
     */
    public static Labels read(Path file, int classId, int pictures) throws IOException {
        List<MotRow> rows;
        try {
            rows = MotFormat.readTracks(file);
        } catch (MotFormatException e) {
            throw new IOException(file + ": is no file of annotations in MOT format: " + e.getMessage(), e);
        }
        int last = rows.stream().mapToInt(MotRow::frame).max().orElse(0);
        if (rows.isEmpty() || last > pictures) {
            throw new IOException(file + ": has " + rows.size() + " annotations, the last of picture " + last
                    + "; there are " + pictures + " pictures. These labels are of other pictures.");
        }
        return new Labels(file, rows, classId);
    }

    /** One picture's detections of the class, as rows. */
    public void collect(int number, Detections detections, List<MotRow> to) {
        for (int i = 0; i < detections.size(); i++) {
            if (detections.classId(i) == classId) {
                to.add(new MotRow(
                        number,
                        -1,
                        detections.x1(i),
                        detections.y1(i),
                        detections.x2(i) - detections.x1(i),
                        detections.y2(i) - detections.y1(i),
                        detections.score(i),
                        classId));
            }
        }
    }

    /** AP50 of detections, over some pictures. */
    public double ap50(List<MotRow> detections, Set<Integer> pictures) {
        return AveragePrecision.ap50(of(pictures), detections);
    }

    /** AP50-95 of detections, over some pictures. */
    public double ap50To95(List<MotRow> detections, Set<Integer> pictures) {
        return AveragePrecision.ap50To95(of(pictures), detections);
    }

    private List<MotRow> of(Set<Integer> pictures) {
        return rows.stream()
                .filter(row -> pictures.contains(row.frame()))
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
