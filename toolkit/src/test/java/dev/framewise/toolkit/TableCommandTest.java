package dev.framewise.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TableCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... options) {
        return new CommandLine(new ModelCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(options);
    }

    @Test
    void quicklyAllStagesOfTheClassifiersRun() {
        assertThat(run("table", "--quick", "--out", folder.toString())).isZero();

        assertThat(out.toString())
                .contains("all together")
                .contains("distillation gains")
                .contains("table.md");
        assertThat(err.toString()).contains("teacher: epoch 4 of 4").contains("timing all of them in turns");
        assertThat(folder).isDirectoryContaining("glob:**/table.json");
    }

    @Test
    void optionsOutOfRangeAreNamed() {
        assertThat(run("table", "--seeds", "0", "--out", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("seeds: 0; allowed: from 1");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatGeneratedPicturesHaveNoUseForIsRefusedWithThem() {
        assertThat(run("table", "--quick", "--epochs", "2", "--out", folder.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--epochs is for real pictures; --quick makes its own");
        assertThat(folder).isEmptyDirectory();
    }
}
