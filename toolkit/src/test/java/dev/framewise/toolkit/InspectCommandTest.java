package dev.framewise.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.framewise.toolkit.graph.TestingGraph;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InspectCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void inspectsAModelByItsNameInTheCatalog() throws Exception {
        Path json = folder.resolve("yolox.json");
        assertThat(run("inspect", "yolox-nano-416", "--json", json.toString())).isZero();
        assertThat(out.toString())
                .contains("head         yolox, 80 classes")
                .contains("parameters   904,463")
                .contains("FLOPs        1.045 billion")
                .contains("Conv_41");
        JsonNode root = new ObjectMapper().readTree(json.toFile());
        assertThat(root.get("flops").asLong()).isEqualTo(1_045_106_816L);
        assertThat(root.get("layers")).hasSize(113);
        assertThat(root.at("/outputs/0/shape").toString()).isEqualTo("[1,3549,85]");
    }

    @Test
    void whatIsNotKnownIsNullInJson() throws Exception {
        Path model = new TestingGraph()
                .input("x", "batch", 3, 4, 4)
                .weights("w", 2, 3, 1, 1)
                .node("Conv", "y", "x", "w")
                .output("y", "batch", 2, 4, 4)
                .write(folder.resolve("model.onnx"));
        Path json = folder.resolve("model.json");
        assertThat(run("inspect", model.toString(), "--json", json.toString())).isZero();
        JsonNode root = new ObjectMapper().readTree(json.toFile());
        assertThat(root.get("flops").isNull()).isTrue();
        assertThat(root.get("head").isNull()).isTrue();
        assertThat(root.at("/inputs/0/shape").toString()).isEqualTo("[\"batch\",3,4,4]");
        assertThat(run("inspect", model.toString(), "--dim", "batch=2", "--json", json.toString()))
                .isZero();
        assertThat(new ObjectMapper().readTree(json.toFile()).get("flops").asLong())
                .isEqualTo(2L * 2 * 2 * 16 * 3);
    }

    @Test
    void nonsenseIsWrongUsage() {
        assertThat(run("inspect")).isEqualTo(2);
        assertThat(run("inspect", "yolox-nano-416", "--dim", "batch=0")).isEqualTo(2);
        assertThat(err.toString()).contains("--dim batch is 0; allowed: from 1");
        assertThat(run()).isEqualTo(2);
    }

    private int run(String... args) {
        return new CommandLine(new ModelCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
