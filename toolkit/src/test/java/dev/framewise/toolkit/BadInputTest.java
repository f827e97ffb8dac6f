package dev.framewise.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.toolkit.graph.TestingGraph;
import dev.framewise.toolkit.quantize.TestingPictures;
import dev.framewise.vision.asset.AssetCatalog;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Each kind of bad input to the commands that write models: exit code 1, what and where in words, and nothing left behind. */
class BadInputTest {
    @TempDir
    private Path folder;

    private Path made;
    private Path pictures;
    private Path model;

    @BeforeEach
    void prepare() throws Exception {
        made = Files.createDirectory(folder.resolve("made"));
        pictures = TestingPictures.folder(folder.resolve("pictures"), 3);
        model = folder.resolve("model.onnx");
    }

    private List<List<String>> commands() {
        String out = made.resolve("out.onnx").toString();
        return List.of(
                List.of("fold", model.toString(), "--out", out),
                List.of("rebatch", model.toString(), "--out", out),
                List.of("quantize", model.toString(), "--out", out, "--pictures", pictures.toString()),
                List.of("fp16", model.toString(), "--out", out, "--pictures", pictures.toString()),
                List.of("export", model.toString(), "--out", out, "--target", "onnx"),
                List.of("publish", model.toString(), "--out", out, "--model", "m", "--release", "1", "--ungated"));
    }

    private void allRefuse(String... words) throws Exception {
        for (List<String> command : commands()) {
            refuses(command, words);
        }
    }

    private void refuses(List<String> command, String... words) throws Exception {
        StringWriter said = new StringWriter();
        int code = new CommandLine(new ModelCommand())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    said.append(failure.getMessage());
                    return 1;
                })
                .execute(command.toArray(new String[0]));
        assertThat(code).as(command + ": " + said).isEqualTo(1);
        assertThat(said.toString()).as(command.get(0)).contains(words);
        try (Stream<Path> left = Files.list(made)) {
            assertThat(left).as(command.get(0) + " leaves nothing behind").isEmpty();
        }
    }

    @Test
    void noOnnx() throws Exception {
        Files.writeString(model, "<html>not found</html>");
        allRefuse("model.onnx: is no ONNX model");
    }

    @Test
    void missing() throws Exception {
        allRefuse("model.onnx: cannot be read: there is no such file");
    }

    @ParameterizedTest
    @ValueSource(ints = {50_000, 3_678_000})
    void truncated(int length) throws Exception {
        byte[] whole = Files.readAllBytes(AssetCatalog.standard().locate("yolox-nano-416"));
        Files.write(model, Arrays.copyOf(whole, length));
        allRefuse("model.onnx: ", "truncated");
    }

    @Test
    void anOperatorThatNobodyHas() throws Exception {
        new TestingGraph()
                .input("images", 1, 3, 64, 64)
                .node("Frobnicate", "output", "images")
                .output("output", 1, 84, 6)
                .write(model);
        for (List<String> command : commands().subList(0, 5)) {
            refuses(command, "Frobnicate");
        }
    }

    @Test
    void noPictures() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        refuses(quantize("--pictures", empty.toString()), "empty: holds no pictures");
        refuses(quantize("--pictures", folder.resolve("nowhere").toString()), "neither a clip nor a folder");
    }

    @Test
    void picturesThatCannotBeRead() throws Exception {
        Files.writeString(pictures.resolve("zzz.jpg"), "no picture");
        refuses(quantize("--pictures", pictures.toString()), "zzz.jpg: cannot be read as a picture");
    }

    @Test
    void labelsOfOtherPictures() throws Exception {
        Path labels = Files.writeString(folder.resolve("gt.txt"), "900,1,10,10,20,20,1\n");
        refuses(
                quantize("--pictures", pictures.toString(), "--labels", labels.toString()),
                "gt.txt: ",
                "These labels are of other pictures");
    }

    @Test
    void aPlanThatMakesNoSense() throws Exception {
        for (String option : List.of(
                "--rollout=0",
                "--shadow-share=0",
                "--shadow-share=1.1",
                "--shadow-frames=0",
                "--agreement=1.1",
                "--score-drift=-1",
                "--time-ratio=-1",
                "--errors=-1",
                "--trial=PT-1S",
                "--trial=PT0.5S",
                "--quiet-frames=0")) {
            StringWriter said = new StringWriter();
            int code = new CommandLine(new ModelCommand())
                    .setErr(new PrintWriter(said))
                    .execute("publish", "x.onnx", "--out=x", "--model=m", "--release=1", "--ungated", option);
            assertThat(code).as(option).isEqualTo(2);
            assertThat(said.toString()).contains(option.replace("=", " is "), "allowed: ");
        }
    }

    @Test
    void aPlanWhosePartsContradictEachOtherIsNotOffered() throws Exception {
        String nano = AssetCatalog.standard().locate("yolox-nano-416").toString();
        StringWriter said = new StringWriter();
        int code = new CommandLine(new ModelCommand())
                .setErr(new PrintWriter(said))
                .execute(
                        "publish",
                        nano,
                        "--out=" + made.resolve("out.onnx"),
                        "--model=m",
                        "--release=1",
                        "--ungated",
                        "--rollout=0.4",
                        "--stages=0.1,0.5",
                        "--quiet-frames=10");
        assertThat(code).isEqualTo(2);
        assertThat(said.toString())
                .contains(
                        "not offered: ",
                        "quietFrames is '10'; allowed: 0, or from leastShadowFrames on",
                        "stages is '[0.1, 0.5]'; allowed: rising, above 0 to the rollout");
    }

    @Test
    void whatIsPublishedWantsAGate() throws Exception {
        String nano = AssetCatalog.standard().locate("yolox-nano-416").toString();
        List<String> publish = List.of(
                "publish", nano, "--out", made.resolve("out.onnx").toString(), "--model", "m", "--release", "1");
        refuses(publish, "no gate has let it pass");
        Path gate = Files.writeString(folder.resolve("gate.json"), "{\"candidateSha256\":\"00\",\"accepted\":true}");
        refuses(
                Stream.concat(publish.stream(), Stream.of("--gate", gate.toString()))
                        .toList(),
                "is of a candidate of SHA-256 '00'");
    }

    private List<String> quantize(String... more) throws Exception {
        List<String> command = List.of(
                "quantize",
                AssetCatalog.standard().locate("yolox-nano-416").toString(),
                "--out",
                made.resolve("out.onnx").toString());
        return Stream.concat(command.stream(), Stream.of(more)).toList();
    }
}
