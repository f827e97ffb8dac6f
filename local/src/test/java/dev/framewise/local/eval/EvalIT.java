package dev.framewise.local.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.framewise.vision.eval.MotFormat;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** From the pixels of the PETS clip to its scores, as a user gets them. */
final class EvalIT {
    @TempDir
    Path directory;

    @Test
    void everyFrameDetectedGivesTheScoresOfTheReference() throws Exception {
        JsonNode json = eval("--interval", "1");

        assertThat(json.at("/AP50").asDouble()).isGreaterThanOrEqualTo(89.5);
        assertThat(json.at("/HOTA").asDouble()).isGreaterThanOrEqualTo(55);
        assertThat(json.at("/MOTA").asDouble()).isGreaterThanOrEqualTo(79);
        assertThat(json.at("/IDF1").asDouble()).isGreaterThanOrEqualTo(76);
        assertThat(json.at("/detectorCalls").asInt()).isEqualTo(795);
        assertThat(MotFormat.readTracks(directory.resolve("pets09-s2l1.txt")))
                .isEqualTo(MotFormat.readTracks(directory.resolve("pets09-s2l1.phase0.txt")))
                .hasSizeGreaterThan(3_000);
        assertThat(MotFormat.readDetections(directory.resolve("pets09-s2l1.det.txt")))
                .hasSizeGreaterThan(3_000);
    }

    @Test
    void everyFifthFrameDetectedHasFivePhasesAndAFifthOfTheCost() throws Exception {
        JsonNode json = eval("--interval", "5");

        assertThat(json.at("/phases")).hasSize(5);
        assertThat(json.at("/detectorCalls").asInt()).isEqualTo(159);
        assertThat(json.at("/HOTA").asDouble()).isGreaterThanOrEqualTo(53);
        assertThat(json.at("/MOTA").asDouble()).isGreaterThanOrEqualTo(72);
        assertThat(json.at("/IDF1").asDouble()).isGreaterThanOrEqualTo(74);
        assertThat(json.at("/cpuMillisPerSkippedFrame/luma").asDouble()).isPositive();
        assertThat(json.at("/cpuMillisPerFrame/track").asDouble()).isPositive();
        assertThat(directory.resolve("pets09-s2l1.phase4.txt")).isRegularFile();
        assertThat(directory.resolve("pets09-s2l1.txt")).doesNotExist();
    }

    private JsonNode eval(String... more) throws Exception {
        Path json = directory.resolve("eval.json");
        StringWriter out = new StringWriter();
        CommandLine command = new CommandLine(new EvalCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out));
        String[] usual = {"--clip", "pets09-s2l1", "--out", directory.toString(), "--json", json.toString()};
        String[] args = new String[usual.length + more.length];
        System.arraycopy(usual, 0, args, 0, usual.length);
        System.arraycopy(more, 0, args, usual.length, more.length);

        assertThat(command.execute(args)).as(out.toString()).isZero();
        return new ObjectMapper().readTree(json.toFile());
    }
}
