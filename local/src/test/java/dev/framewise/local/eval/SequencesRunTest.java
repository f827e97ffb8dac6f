package dev.framewise.local.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.framewise.local.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code eval --sequences}: two sequences in which somebody walks straight on, and is detected where he is. */
final class SequencesRunTest {
    private static final int FRAMES = 30;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();

    @Test
    void allSequencesAreScoredTogetherForEveryIntervalAndPhase() throws Exception {
        write("one", /* speed= */ 2);
        write("two", 3);
        Path json = directory.resolve("curve.json");

        assertThat(eval("--sequences", directory.toString(), "--interval", "1,3", "--json", json.toString()))
                .as(out.toString())
                .isZero();

        JsonNode curve = new ObjectMapper().readTree(json.toFile()).at("/curve");
        assertThat(curve).hasSize(2);
        assertThat(curve.get(0).at("/MOTA").asDouble()).isEqualTo(100);
        assertThat(curve.get(1).at("/callsPerFrame").asDouble()).isEqualTo(1 / 3.0);
        assertThat(curve.get(1).at("/MOTA").asDouble()).isBetween(90.0, 99.9);
        assertThat(out.toString()).contains("sequences").contains("100.00");
        assertThat(directory.resolve("out/3/two.phase2.txt")).isRegularFile();
    }

    @Test
    void whatItCannotRunIsSaid() throws Exception {
        assertThat(eval("--sequences", directory.toString(), "--through", "KAFKA"))
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(out.toString()).contains("there are no pictures");
        assertThat(eval()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(out.toString()).contains("one of --clip and --sequences is needed");
    }

    private int eval(String... more) {
        List<String> args = new ArrayList<>(List.of(more));
        args.addAll(List.of("--out", directory.resolve("out").toString()));
        return new CommandLine(new EvalCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(args.toArray(String[]::new));
    }

    private void write(String name, int speed) throws IOException {
        Path sequence = directory.resolve(name);
        Files.createDirectories(sequence.resolve("det"));
        Files.createDirectories(sequence.resolve("gt"));
        List<String> detections = new ArrayList<>();
        List<String> annotations = new ArrayList<>();
        for (int frame = 1; frame <= FRAMES; frame++) {
            int x = 100 + speed * frame;
            detections.add(frame + ",-1," + x + ",100,40,80,0.95,-1,-1,-1");
            annotations.add(frame + ",1," + x + ",100,40,80,1,-1,-1,-1");
        }
        Files.write(sequence.resolve("det/det.txt"), detections);
        Files.write(sequence.resolve("gt/gt.txt"), annotations);
        Files.writeString(
                sequence.resolve("seqinfo.ini"),
                "[Sequence]\nname=" + name + "\nseqLength=" + FRAMES + "\nframeRate=10\nimWidth=640\nimHeight=480\n");
    }
}
