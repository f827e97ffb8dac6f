package dev.framewise.vision.eval;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.TrackList;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * MOT text, one box a line: {@code frame,id,x,y,width,height[,confidence[,class]]}, frames from 1, pixels. Further columns are
 * ignored, empty lines skipped. Files are small, so they are read whole.
 */
public final class MotFormat {
    /** Class index from 0 is meant by the eighth column of detection files only. */
    private enum Kind {
        TRACKS,
        DETECTIONS
    }

    private MotFormat() {}

    /**
     * Reads annotations or tracks.
     *
     * @throws MotFormatException if a line is not of the format
     * @throws IOException if the file cannot be read
     */
    public static List<MotRow> readTracks(Path file) throws IOException {
        return read(file, Kind.TRACKS);
    }

    /** As {@link #readTracks(Path)}, from a reader; {@code name} stands for the file in messages. */
    public static List<MotRow> readTracks(Reader reader, String name) throws IOException {
        return read(reader, name, Kind.TRACKS);
    }

    /**
     * Reads detections: ids are ignored, the eighth column is the class. In the order of the file.
     *
     * @throws MotFormatException if a line is not of the format
     * @throws IOException if the file cannot be read
     */
    public static List<MotRow> readDetections(Path file) throws IOException {
        return read(file, Kind.DETECTIONS);
    }

    /** Detections by frame, those below {@code minScore} left out; boxes as floats. */
    public static NavigableMap<Integer, Detections> byFrame(List<MotRow> rows, double minScore) {
        NavigableMap<Integer, Detections> frames = new TreeMap<>();
        for (MotRow row : rows) {
            if (row.confidence() >= minScore) {
                frames.computeIfAbsent(row.frame(), frame -> new Detections())
                        .add(
                                (float) row.x(),
                                (float) row.y(),
                                (float) row.right(),
                                (float) row.bottom(),
                                (float) row.confidence(),
                                row.classId());
            }
        }
        return frames;
    }

    /** What a tracker shows in one frame, as rows. */
    public static List<MotRow> rows(int frame, TrackList tracks) {
        List<MotRow> rows = new ArrayList<>(tracks.size());
        for (int i = 0; i < tracks.size(); i++) {
            rows.add(new MotRow(
                    frame,
                    Math.toIntExact(tracks.id(i)),
                    tracks.x1(i),
                    tracks.y1(i),
                    (double) tracks.x2(i) - tracks.x1(i),
                    (double) tracks.y2(i) - tracks.y1(i),
                    tracks.score(i),
                    tracks.classId(i)));
        }
        return rows;
    }

    /** One row as a line of a track file, three decimals for pixels, without its end. */
    public static String trackLine(MotRow row) {
        return String.format(
                Locale.ROOT,
                "%d,%d,%.3f,%.3f,%.3f,%.3f,%.4f,-1,-1,-1",
                row.frame(),
                row.id(),
                row.x(),
                row.y(),
                row.width(),
                row.height(),
                row.confidence());
    }

    /** One row as a line of a detection file: {@code frame,-1,x,y,width,height,score,class}, without its end. */
    public static String detectionLine(MotRow row) {
        return String.format(
                Locale.ROOT,
                "%d,-1,%.3f,%.3f,%.3f,%.3f,%.5f,%d",
                row.frame(),
                row.x(),
                row.y(),
                row.width(),
                row.height(),
                row.confidence(),
                row.classId());
    }

    /** Writes a track file. */
    public static void writeTracks(Path file, List<MotRow> rows) throws IOException {
        Files.write(file, rows.stream().map(MotFormat::trackLine).toList());
    }

    /** Writes a detection file. */
    public static void writeDetections(Path file, List<MotRow> rows) throws IOException {
        Files.write(file, rows.stream().map(MotFormat::detectionLine).toList());
    }

    private static List<MotRow> read(Path file, Kind kind) throws IOException {
        return read(new StringReader(Files.readString(file)), file.toString(), kind);
    }

    private static List<MotRow> read(Reader reader, String name, Kind kind) throws IOException {
        List<MotRow> rows = new ArrayList<>();
        BufferedReader lines = new BufferedReader(reader);
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                rows.add(parse(line, name, number, kind));
            }
        }
        return rows;
    }

    private static MotRow parse(String line, String name, int number, Kind kind) {
        try {
            String[] fields = line.split(",");
            if (fields.length < 6) {
                throw new IllegalArgumentException(fields.length + " columns instead of at least 6");
            }
            MotRow row = new MotRow(
                    integer(fields[0], "frame"),
                    integer(fields[1], "id"),
                    decimal(fields[2], "x"),
                    decimal(fields[3], "y"),
                    decimal(fields[4], "width"),
                    decimal(fields[5], "height"),
                    fields.length > 6 ? decimal(fields[6], "confidence") : 1,
                    kind == Kind.DETECTIONS && fields.length > 7 ? Math.max(0, integer(fields[7], "class")) : 0);
            if (row.frame() < 1) {
                throw new IllegalArgumentException("frame " + row.frame() + " is below 1");
            }
            if (row.width() <= 0 || row.height() <= 0) {
                throw new IllegalArgumentException("the box has no size");
            }
            return row;
        } catch (IllegalArgumentException e) {
            throw new MotFormatException(
                    name + ":" + number + ": not frame,id,x,y,width,height: \"" + line + "\" (" + e.getMessage() + ")");
        }
    }

    private static int integer(String field, String name) {
        double value = decimal(field, name);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " " + field.strip() + " is not an integer");
        }
        return (int) value;
    }

    private static double decimal(String field, String name) {
        double value;
        try {
            value = Double.parseDouble(field);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " \"" + field.strip() + "\" is not a number", e);
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " " + field.strip() + " is not finite");
        }
        return value;
    }
}
