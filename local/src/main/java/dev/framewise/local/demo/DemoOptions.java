package dev.framewise.local.demo;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of {@code framewise demo}. */
final class DemoOptions {
    /** The whole PETS clip, 80 seconds at its own pace: with start and end, well under two minutes. */
    private static final String USUAL_FRAMES = "795";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the figures there as JSON")
    private Path report;

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = USUAL_FRAMES,
            description = "Frames of each camera, ten a second. Default: ${DEFAULT-VALUE}")
    private long frames;

    @Option(
            names = "--interval",
            paramLabel = "N",
            defaultValue = "2",
            description = "The detector looks at one of N frames, the tracker coasts over the others. "
                    + "Default: ${DEFAULT-VALUE}")
    private int interval;

    @Option(names = "--follow", description = "Begin the clips again and again, until Ctrl-C")
    private boolean follow;

    @Option(names = "--headless", description = "Do not open the page in a browser")
    private boolean headless;

    /** Refuses what makes no sense. */
    void check() {
        if (frames < 1) {
            throw new ParameterException(command.commandLine(), "--frames is " + frames + "; allowed: 1 or more");
        }
        if (interval < 1) {
            throw new ParameterException(command.commandLine(), "--interval is " + interval + "; allowed: 1 or more");
        }
    }

    Optional<Path> report() {
        return Optional.ofNullable(report);
    }

    /** Frames of each camera at most. */
    long frames() {
        return follow ? Long.MAX_VALUE : frames;
    }

    int interval() {
        return interval;
    }

    boolean follow() {
        return follow;
    }

    boolean headless() {
        return headless;
    }
}
