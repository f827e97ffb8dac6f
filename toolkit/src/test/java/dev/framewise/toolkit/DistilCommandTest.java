package dev.framewise.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DistilCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    private int run(String... options) {
        String[] all = new String[options.length + 3];
        System.arraycopy(options, 0, all, 1, options.length);
        all[0] = "distil";
        all[all.length - 2] = "--out";
        all[all.length - 1] = folder.resolve("out").toString();
        CommandLine command = new CommandLine(new ModelCommand()).setErr(new PrintWriter(err, true));
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            err.write(failure.getMessage());
            return 1;
        });
        return command.execute(all);
    }

    @Test
    void aClassifierNeedsNoFrames() throws Exception {
        Files.createDirectories(folder.resolve("pictures").resolve("only"));

        assertThat(run("--classifier", "--pictures", folder.resolve("pictures").toString()))
                .isEqualTo(1);

        assertThat(err.toString()).contains("holds 1 folders of pictures; a classifier needs two or more");
    }

    @Test
    void aDetectorNeedsFrames() {
        assertThat(run("--detector")).isEqualTo(2);
        assertThat(err.toString()).contains("name one or more cameras with --frames");
    }

    @Test
    void anAddressNamesOneCameraAndIsOneThatSomethingReads() {
        assertThat(run("--detector", "--frames", "kafka://broker:9092")).isEqualTo(2);
        assertThat(err.toString()).contains("names no camera, and one source is one camera");
        assertThat(run("--detector", "--frames", "ftp://pictures/yard")).isEqualTo(1);
        assertThat(err.toString()).contains("ftp://pictures/yard: nothing here reads from that. Allowed: kafka://");
        assertThat(folder.resolve("out/frames/ftp_pictures_yard"))
                .as("nothing half done is taken for frames")
                .doesNotExist();
    }

    @Test
    void whatIsDistilledHasToBeSaid() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("--detector").contains("--classifier");
    }

    @Test
    void testsThatNameNoFramesOrNoAnnotationsAreWrongUsage() {
        assertThat(run("--detector", "--frames", "pets09-s2l1:1-10", "--test", "one-by-one-person-detection"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("the catalog has no annotations of this clip; name them with --truth");
    }

    @Test
    void optionsOutOfRangeAreNamed() {
        assertThat(run("--classifier", "--alpha", "1.5")).isEqualTo(2);
        assertThat(run("--classifier", "--size", "0x4", "--pictures", folder.toString()))
                .isIn(1, 2);
        assertThat(err.toString()).contains("alpha is 1.5; allowed: 0 to 1");
    }
}
