package dev.framewise.toolkit;

import dev.framewise.toolkit.classify.PictureFolder;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that name the labelled pictures a classifier learns from and is tried on. */
final class LabelledPictures {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--pictures", paramLabel = "DIR", description = "Pictures to learn from: a folder for each class")
    private Path pictures;

    @Option(
            names = "--test-pictures",
            paramLabel = "DIR",
            description =
                    "Pictures to be tried on, in folders of the same names; classes that are not learned are left out")
    private Path testPictures;

    @Option(
            names = "--size",
            paramLabel = "WIDTHxHEIGHT",
            defaultValue = "32x64",
            description = "Pictures are scaled to this. Default: ${DEFAULT-VALUE}")
    private String size;

    PictureFolder train() throws IOException {
        requireNamed(pictures, "--pictures");
        return PictureFolder.read(pictures, PictureFolder.classes(pictures), width(), height());
    }

    PictureFolder test(PictureFolder train) throws IOException {
        requireNamed(testPictures, "--test-pictures");
        return PictureFolder.read(testPictures, train.classes(), width(), height());
    }

    private void requireNamed(Path folder, String option) {
        if (folder == null) {
            throw new ParameterException(command.commandLine(), "name a folder of pictures with " + option);
        }
    }

    private int width() {
        return part(0);
    }

    private int height() {
        return part(1);
    }

    private int part(int index) {
        if (!size.matches("[1-9]\\d{0,3}x[1-9]\\d{0,3}")) {
            throw new ParameterException(
                    command.commandLine(), "--size is " + size + "; allowed: WIDTHxHEIGHT in pixels, such as 32x64");
        }
        return Integer.parseInt(size.split("x")[index]);
    }
}
