package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page that users read names the heads that the code knows, in the order in which it tries them. */
class HeadsPageTest {
    private static final String ROWS = "| head | also called |";

    @Test
    void everyHeadHasARowWithAllItsNames() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../docs/heads.md"));
        int table = lines.stream().map(line -> line.startsWith(ROWS)).toList().indexOf(true);
        List<String> rows = lines.subList(table + 2, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        assertThat(rows).hasSameSizeAs(HeadFamily.values());
        assertThat(rows).zipSatisfy(Arrays.asList(HeadFamily.values()), (row, family) -> assertThat(row)
                .startsWith("| `" + family.id() + "` |" + names(family) + " |"));
    }

    private static String names(HeadFamily family) {
        return family.otherNames().isEmpty() ? "" : " `" + family.otherNames().replace(", ", "`, `") + "`";
    }
}
