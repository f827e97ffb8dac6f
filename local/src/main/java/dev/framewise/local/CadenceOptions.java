package dev.framewise.local;

import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How often the detector looks, and at which frame it begins. */
public final class CadenceOptions {
    private static final String ALL = "all";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--interval",
            paramLabel = "N",
            defaultValue = "1",
            description = "The detector looks at one of N frames. Default: ${DEFAULT-VALUE}")
    private int interval;

    @Option(
            names = "--phase",
            paramLabel = "P",
            description = "Frames before the first key frame, 0 to N - 1. Default: 0 in track; in eval 'all', one run "
                    + "for each and their mean")
    private String phase;

    /** One of how many frames the detector looks at, at least 1. */
    public int interval() {
        if (interval < 1) {
            throw new ParameterException(command.commandLine(), "--interval is " + interval + "; allowed: 1 or more");
        }
        return interval;
    }

    /** The phase asked for, or {@code otherwise}. */
    public int phase(int otherwise) {
        return phase == null ? otherwise : parsed();
    }

    /** The phase asked for; all of them where none or {@code all} was. */
    public List<Integer> phases() {
        return phase == null || phase.equals(ALL)
                ? IntStream.range(0, interval()).boxed().toList()
                : List.of(parsed());
    }

    private int parsed() {
        try {
            int value = Integer.parseInt(phase);
            if (value >= 0 && value < interval()) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refused(e);
        }
        throw refused(null);
    }

    private ParameterException refused(Throwable cause) {
        return new ParameterException(
                command.commandLine(), "--phase is " + phase + "; allowed: 0 to " + (interval() - 1), cause);
    }
}
