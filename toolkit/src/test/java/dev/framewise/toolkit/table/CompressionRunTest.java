package dev.framewise.toolkit.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.framewise.toolkit.Progress;
import dev.framewise.toolkit.classify.PictureFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressionRunTest {
    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();
    private final PictureFolder train = GeneratedPictures.of(48, 1);
    private final PictureFolder test = GeneratedPictures.of(12, 2);

    private CompressionTable run(long seed) throws Exception {
        return new CompressionRun(
                        TablePlan.quick(folder, seed),
                        train,
                        test,
                        Optional.empty(),
                        new Progress(new PrintWriter(said, true)),
                        () -> 0)
                .run();
    }

    @Test
    void everyWayIsMadeAndMeasuredAndNothingIsMadeTwice() throws Exception {
        CompressionTable table = run(3);

        assertThat(table.rows()).extracting(TableRow::promise).containsExactly(Promise.values());
        long whole = Files.size(folder.resolve("teacher.onnx"));
        assertThat(table.rows()).allSatisfy(row -> {
            assertThat(row.bytesBefore()).isEqualTo(whole);
            assertThat(row.bytesAfter()).isLessThan(whole);
            assertThat(row.millisAfter()).isPositive();
            assertThat(row.before()).isEqualTo(table.distillation().teacher().right());
        });
        assertThat(table.rows().get(0).bytesAfter()).isEqualTo(Files.size(folder.resolve("int8.onnx")));
        // the smallest of all is the one on which everything was done
        assertThat(table.rows().get(4).bytesAfter())
                .isEqualTo(Files.size(folder.resolve("together.onnx")))
                .isLessThan(table.rows().get(3).bytesAfter())
                .isLessThan(table.rows().get(0).bytesAfter());
        JsonNode json = new ObjectMapper().readTree(folder.resolve("table.json").toFile());
        assertThat(json.path("rows")).hasSize(5);
        assertThat(json.path("rows").path(4).path("way").asText()).isEqualTo("together");
        assertThat(json.path("distillation").path("seeds")).hasSize(1);
        List<String> markdown = Files.readAllLines(folder.resolve("table.md"));
        assertThat(markdown.get(2)).startsWith("| INT8 | residual classifier | " + whole + " to ");
        assertThat(TableText.columns(table))
                .contains("pruning 30 %")
                .contains(table.rows().get(2).verdict());

        byte[] together = Files.readAllBytes(folder.resolve("together.onnx"));
        said.getBuffer().setLength(0);
        CompressionTable again = run(3);
        assertThat(said.toString()).doesNotContain("epoch");
        assertThat(again.rows())
                .extracting(TableRow::after)
                .isEqualTo(table.rows().stream().map(TableRow::after).toList());

        // what was lost on the way is made again, to the same bytes
        Files.delete(folder.resolve("together.onnx"));
        run(3);
        assertThat(Files.readAllBytes(folder.resolve("together.onnx"))).isEqualTo(together);
    }

    @Test
    void theFolderOfAnotherTableIsRefused() throws Exception {
        Files.writeString(folder.resolve("table.recipe"), "seed=3 and other things");

        assertThatThrownBy(() -> run(4))
                .hasMessageContaining("this folder is another table's")
                .hasMessageContaining("Found: seed=3 and other things")
                .hasMessageContaining("Give the same options, or another folder");
    }

    @Test
    void aPlanNamesAllThatIsWrong() {
        assertThatThrownBy(() -> TablePlan.standard(folder, 1, /* seeds= */ 0, /* epochs= */ -1))
                .hasMessageContaining("epochs: -1")
                .hasMessageContaining("seeds: 0");
    }
}
