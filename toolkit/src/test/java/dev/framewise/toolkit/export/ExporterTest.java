package dev.framewise.toolkit.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.toolkit.Progress;
import dev.framewise.toolkit.graph.TestingGraph;
import dev.framewise.toolkit.python.EnvironmentException;
import dev.framewise.toolkit.python.TestingCommands;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExporterTest {
    @TempDir
    private Path folder;

    private final TestingCommands commands = new TestingCommands();
    private Path model;

    @BeforeEach
    void write() throws Exception {
        model = new TestingGraph()
                .input("images", "batch", 3, 32, 32)
                .random("w", 4, 3, 2, 2)
                .node("Conv", "c", Map.of("strides", new long[] {2, 2}), "images", "w")
                .node("Relu", "output", "c")
                .output("output", "batch", 4, 16, 16)
                .write(folder.resolve("model.onnx"));
    }

    @Test
    void anOnnxOfOnePictureGivesWhatItsModelGives() throws Exception {
        ExportOutcome outcome = export(ExportTarget.ONNX);
        assertThat(outcome.isAccepted()).as(outcome.reasons().toString()).isTrue();
        assertThat(outcome.agreement().maxAbs()).isPositive();
        assertThat(outcome.agreement().maxDifference()).isLessThan(1e-4);
        assertThat(outcome.resized()).isEmpty();
        assertThat(ExportReport.text(outcome))
                .contains("Both of 64x64, on 4 made-up inputs")
                .contains("Accepted.");
        assertThat(commands.ran()).isEmpty();
    }

    @Test
    void whatPnnxSaysIsPassedOn() throws Exception {
        commands.others(1, "some words\nunknown operator Foo\n");
        assertThatThrownBy(() -> export(ExportTarget.NCNN))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(model.toString())
                .hasMessageContaining("unknown operator Foo");
        List<String> pnnx = commands.ran().get(2);
        assertThat(pnnx.get(0)).endsWith("pnnx/pnnx");
        assertThat(pnnx).contains("inputshape=[1,3,64,64]", "fp16=1");
        assertNothingIsLeft();
    }

    @Test
    void aConverterThatMakesNothingIsNoSuccess() {
        assertThatThrownBy(() -> export(ExportTarget.NCNN))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("makes no NCNN network of it");
    }

    @Test
    void withoutPythonTheEnvironmentIsToBlame() {
        commands.withoutPython();
        assertThatThrownBy(() -> export(ExportTarget.NCNN)).isInstanceOf(EnvironmentException.class);
    }

    @Test
    void withoutTensorRtItSaysHowToDoItElsewhere() throws Exception {
        assertThatThrownBy(() -> export(ExportTarget.TENSORRT))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("TensorRT cannot be had here")
                .hasMessageContaining(
                        "model export " + model + " --target onnx --size 64x64 --out " + folder.resolve("out.onnx"))
                .hasMessageContaining("trtexec --onnx=" + folder.resolve("out.onnx") + " --saveEngine="
                        + folder.resolve("out.engine") + " --fp16 --memPoolSize=workspace:2048");
        assertNothingIsLeft();
    }

    @Test
    void whatIsWrittenIsWholeAndRefusedOnesAreMarked() throws Exception {
        ExportOutcome good = export(ExportTarget.ONNX);
        ExportOutcome refused = new ExportOutcome(
                good.asked(),
                good.files(),
                good.parentBytes(),
                good.precision(),
                good.madeBy(),
                good.ranBy(),
                good.agreement(),
                good.resized(),
                /* overlapping= */ false,
                List.of("it is a test"),
                good.notes(),
                good.seconds());
        Path out = folder.resolve("out.onnx");
        ExportFiles.writeModel(out, good);
        assertThat(Files.readAllBytes(out)).isEqualTo(good.files().get(".onnx"));
        ExportFiles.writeModel(out, refused);
        assertThat(Files.readString(out, StandardCharsets.ISO_8859_1))
                .contains("framewise.refused")
                .contains("it is a test");
    }

    private void assertNothingIsLeft() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("out")))
                    .isEmpty();
        }
    }

    private ExportOutcome export(ExportTarget target) throws Exception {
        return new Exporter(
                        commands, folder.resolve("python"), new Progress(new PrintWriter(new StringWriter())), () -> 0)
                .export(new ExportRequest(
                        target,
                        model,
                        folder.resolve("out" + target.ending()),
                        /* width= */ 64,
                        /* height= */ 64,
                        DetectorOptions.defaults(),
                        Optional.empty(),
                        Optional.empty(),
                        /* calibration= */ 32,
                        /* budget= */ 0.01));
    }
}
