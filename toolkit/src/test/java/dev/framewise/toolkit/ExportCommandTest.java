package dev.framewise.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.framewise.toolkit.graph.ModelStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExportCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void yoloxNanoForABoardTakesOnePictureOf320() throws Exception {
        Path file = folder.resolve("yolox.onnx");
        Path json = folder.resolve("yolox.json");
        int code = run("yolox-nano-416", "--target", "onnx", "--out", file.toString(), "--json", json.toString());
        assertThat(code).as(err.toString()).isZero();
        JsonNode root = new ObjectMapper().readTree(json.toFile());
        assertThat(root.get("target").asText()).isEqualTo("onnx");
        assertThat(root.get("width").asInt()).isEqualTo(320);
        assertThat(root.get("accepted").asBoolean()).isTrue();
        assertThat(root.get("maxDifference").asDouble()).isLessThan(1e-3);
        assertThat(ModelStore.read(file)
                        .getGraph()
                        .getOutput(0)
                        .getType()
                        .getTensorType()
                        .getShape()
                        .getDimList())
                .extracting(size -> size.getDimValue())
                .containsExactly(1L, 2100L, 85L);
        assertThat(folder.resolve("yolox.onnx.report.md")).content().contains("yolox-nano-416.onnx for onnx");
        assertThat(folder.resolve("yolox.onnx.report.json")).hasSameTextualContentAs(json);
    }

    @Test
    void whatCannotBeOfThatSizeIsRefusedAndNothingIsWritten() {
        Path file = folder.resolve("own.onnx");
        assertThat(run("framewise-person-416", "--target", "onnx", "--out", file.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("values for each cell baked in").contains("416x320");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void nonsenseIsWrongUsage() {
        String model = "yolox-nano-416";
        assertThat(run(model, "--target", "onnx", "--out", "x.tflite")).isEqualTo(2);
        assertThat(err.toString()).contains("must end in .onnx");
        assertThat(run(model, "--target", "tflite", "--out", "x.tflite")).isEqualTo(2);
        assertThat(err.toString()).contains("reads ranges off pictures");
        assertThat(run(model, "--target", "coreml", "--out", "x.onnx")).isEqualTo(2);
        assertThat(err.toString()).contains("onnx").contains("ncnn");
        assertThat(run(model, "--target", "onnx", "--out", "x.onnx", "--size", "320"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--size is '320'");
        assertThat(run(model, "--target", "onnx", "--out", "x.onnx", "--budget", "2"))
                .isEqualTo(2);
        assertThat(run(model, "--target", "onnx")).isEqualTo(2);
    }

    private int run(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "export";
        System.arraycopy(args, 0, all, 1, args.length);
        return new CommandLine(new ModelCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
    }
}
