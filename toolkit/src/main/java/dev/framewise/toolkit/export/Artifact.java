package dev.framewise.toolkit.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A converted model, still in a folder of its own.
 *
 * @param files what belongs to it, by the ending it is to get
 * @param runBack the same, run
 * @param precision in what it computes or keeps its weights, such as fp16
 * @param madeBy programs and their versions
 * @param ranBy what runs it back
 * @param notes what a reader of the report should know
 */
record Artifact(
        Map<String, Path> files, RunBack runBack, String precision, String madeBy, String ranBy, List<String> notes) {
    Artifact {
        files = Map.copyOf(files);
        notes = List.copyOf(notes);
    }
}
