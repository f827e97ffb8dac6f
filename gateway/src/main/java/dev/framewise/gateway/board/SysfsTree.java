package dev.framewise.gateway.board;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Numbers in small text files under {@code /sys}; the root is an option, so that tests use trees of their own. */
final class SysfsTree {
    private final Path root;

    /** @param root where {@code class/thermal} and the like are: {@code /sys} */
    SysfsTree(Path root) {
        this.root = root;
    }

    /** A number; empty where the file is not there or holds none. */
    OptionalDouble number(Path file) {
        try {
            return OptionalDouble.of(Double.parseDouble(
                    Files.readString(file, StandardCharsets.US_ASCII).strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** A line of text; empty where the file is not there. */
    String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** The entries of a folder whose names begin so, sorted; none where there is no such folder. */
    List<Path> entries(String folder, String prefix) {
        return entries(root.resolve(folder), prefix);
    }

    /** The same for a folder that was found before. */
    List<Path> entries(Path folder, String prefix) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(entry -> entry.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
