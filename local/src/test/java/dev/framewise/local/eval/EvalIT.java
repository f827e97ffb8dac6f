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

    /** A busy scene: choosing must not be worse than the fixed interval of as many calls. */
    @Test
    void whatTheTracksChooseIsNoWorseThanAFixedInterval() throws Exception {
        JsonNode curve =
                eval("--interval", "3,5,adaptive", "--budget", "0.333,0.2").at("/curve");

        for (int i = 0; i < 2; i++) {
            JsonNode fixed = curve.get(i);
            JsonNode adaptive = curve.get(2 + i);
            assertThat(adaptive.at("/detectorCalls").asDouble())
                    .isLessThanOrEqualTo(fixed.at("/detectorCalls").asDouble() + 1);
            assertThat(adaptive.at("/HOTA").asDouble())
                    .isGreaterThanOrEqualTo(fixed.at("/HOTA").asDouble());
            assertThat(adaptive.at("/MOTA").asDouble())
                    .isGreaterThanOrEqualTo(fixed.at("/MOTA").asDouble() - 1);
            assertThat(adaptive.at("/mostCallsOverBudget").asDouble()).isLessThanOrEqualTo(1);
        }
    }

    /** A scene that is often empty: at most half the calls of one of three, and nobody is missed. */
    @Test
    void whereLittleHappensTheTracksAskForLittle() throws Exception {
        JsonNode curve = evalOf("one-by-one-person-detection", "--interval", "1,3,adaptive", "--phase", "0")
                .at("/curve");

        JsonNode everyThird = curve.get(1);
        JsonNode adaptive = curve.get(2);
        assertThat(adaptive.at("/detectorCalls").asDouble())
                .isLessThanOrEqualTo(everyThird.at("/detectorCalls").asDouble() / 2);
        assertThat(curve.get(0).at("/boxesFollowed").asDouble()).isEqualTo(100);
        assertThat(adaptive.at("/boxesFollowed").asDouble()).isGreaterThanOrEqualTo(97);
        assertThat(adaptive.at("/newcomersNeverShown").asInt()).isZero();
        assertThat(adaptive.at("/newcomerSeconds").asDouble()).isLessThanOrEqualTo(0.5);
        assertThat(adaptive.at("/mostCallsOverBudget").asDouble()).isLessThanOrEqualTo(1);
    }

    private JsonNode eval(String... more) throws Exception {
        return evalOf("pets09-s2l1", more);
    }

    private JsonNode evalOf(String clip, String... more) throws Exception {
        Path json = directory.resolve("eval.json");
        StringWriter out = new StringWriter();
        CommandLine command = new CommandLine(new EvalCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out));
        String[] usual = {"--clip", clip, "--out", directory.toString(), "--json", json.toString()};
        String[] args = new String[usual.length + more.length];
        System.arraycopy(usual, 0, args, 0, usual.length);
        System.arraycopy(more, 0, args, usual.length, more.length);

        assertThat(command.execute(args)).as(out.toString()).isZero();
        return new ObjectMapper().readTree(json.toFile());
    }
}
