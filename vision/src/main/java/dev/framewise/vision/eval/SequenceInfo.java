package dev.framewise.vision.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a MOT {@code seqinfo.ini} says.
 *
 * @param name of the sequence
 * @param frames number of frames
 * @param frameRate frames per second
 * @param width pixels
 * @param height pixels
 */
public record SequenceInfo(String name, int frames, double frameRate, int width, int height) {
    /**
     * Reads a {@code seqinfo.ini}.
     *
     * @throws MotFormatException if a key is missing or not a number
     * @throws IOException if the file cannot be read
     */
    public static SequenceInfo read(Path file) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(
                        line.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        line.substring(equals + 1).strip());
            }
        }
        return new SequenceInfo(
                values.getOrDefault("name", file.toString()),
                (int) positive(values, "seqLength", file),
                positive(values, "frameRate", file),
                (int) positive(values, "imWidth", file),
                (int) positive(values, "imHeight", file));
    }

    private static double positive(Map<String, String> values, String key, Path file) {
        String text = values.get(key.toLowerCase(Locale.ROOT));
        try {
            double value = text == null ? 0 : Double.parseDouble(text);
            if (value > 0 && value <= Integer.MAX_VALUE) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new MotFormatException(file + ": " + key + "=" + text + " is not a number");
        }
        throw new MotFormatException(file + ": " + key + "=" + text + ", but a positive number is needed");
    }
}
