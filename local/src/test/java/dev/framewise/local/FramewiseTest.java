package dev.framewise.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.vision.asset.AssetException;
import dev.framewise.vision.eval.MotFormat;
import dev.framewise.vision.eval.MotRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line: exit codes, messages, and {@code track} from file to file. */
final class FramewiseTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void noCommandIsWrongUsageAndHelpIsNot() {
        assertThat(run()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err)
                .asString()
                .contains("say which command")
                .contains("demo")
                .contains("track")
                .contains("eval");
        assertThat(run("--help")).isEqualTo(ExitCode.DONE);
        assertThat(run("fly")).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void optionsOutOfTheirRangeAreWrongUsageBeforeAnyFileIsRead() {
        assertThat(run("track", "--detections", "no.txt", "--out", "o.txt", "--interval", "3", "--phase", "3"))
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err).asString().contains("--phase is 3; allowed: 0 to 2");
        assertThat(run("track", "--detections", "no.txt", "--out", "o.txt", "--interval", "0"))
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run("track", "--detections", "no.txt", "--out", "o.txt", "--track-threshold", "2"))
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run("demo", "--frames", "0")).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void aMissingFileFailsAndIsNamed() {
        assertThat(run("track", "--detections", "no.txt", "--out", "o.txt")).isEqualTo(ExitCode.FAILED);
        assertThat(err).asString().isEqualTo("framewise track: no such file: no.txt" + System.lineSeparator());
    }

    @Test
    void anUnknownClipIsWrongUsageAndALackingOneTheEnvironment() {
        assertThat(run("eval", "--clip", "no-such-clip", "--out", directory.toString()))
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(FailureHandler.exitCode(new AssetException(AssetException.Kind.NOT_FOUND, "nowhere")))
                .isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(FailureHandler.exitCode(new AssetException(AssetException.Kind.HASH, "other bytes")))
                .isEqualTo(ExitCode.ENVIRONMENT);
    }

    @Test
    void whatTheToolkitLacksIsTheEnvironment() {
        assertThat(run("model", "export", "yolox-nano-416", "--target", "tensorrt", "--out", directory + "/x.engine"))
                .isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(err).asString().contains("trtexec --onnx=" + directory.resolve("x.onnx"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void trackIgnoresWhatLiesBetweenKeyFramesAndShowsEveryFrame() throws IOException {
        List<MotRow> detections = new ArrayList<>();
        for (int frame = 1; frame <= 30; frame++) {
            boolean keyFrame = (frame - 1) % 3 == 0;
            // Between key frames stands an object that nobody may see.
            detections.add(new MotRow(frame, -1, keyFrame ? 10 + frame : 400, 20, 30, 60, 0.95, 0));
        }
        Path in = directory.resolve("det.txt");
        Path result = directory.resolve("new/folder/tracks.txt");
        MotFormat.writeDetections(in, detections);

        int code = run("track", "--detections", in.toString(), "--out", result.toString(), "--interval", "3");

        assertThat(code).as(err.toString()).isEqualTo(ExitCode.DONE);
        List<MotRow> tracks = MotFormat.readTracks(result);
        assertThat(tracks).allSatisfy(row -> assertThat(row.x()).isBetween(5.0, 45.0));
        assertThat(tracks.stream().map(MotRow::frame)).contains(30).doesNotHaveDuplicates();
        assertThat(tracks.stream().map(MotRow::id).distinct()).hasSize(1);
        assertThat(tracks).hasSizeGreaterThanOrEqualTo(28);
    }

    private int run(String... args) {
        return Framewise.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
