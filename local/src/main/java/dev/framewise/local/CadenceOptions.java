package dev.framewise.local;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How often the detector looks, and at which frame it begins. */
public final class CadenceOptions {
    private static final String ALL = "all";
    private static final String ADAPTIVE = "adaptive";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--interval",
            paramLabel = "N",
            split = "[,|]",
            defaultValue = "1",
            description =
                    "The detector looks at one of N frames; 'adaptive': when the tracks ask for it, within --budget. "
                            + "Several with commas give a curve. Default: ${DEFAULT-VALUE}")
    private List<String> intervals;

    @Option(
            names = "--budget",
            paramLabel = "R",
            split = ",",
            defaultValue = "0.333",
            description = "Share of the frames that 'adaptive' may look at, above 0, at most 1; several with commas. "
                    + "Default: ${DEFAULT-VALUE}")
    private List<Double> budgets;

    @Option(
            names = "--phase",
            paramLabel = "P",
            description = "Frames before the first key frame, 0 to N - 1. Default: 0 in track; in eval 'all', one run "
                    + "for each and their mean")
    private String phase;

    /** Everything that was asked for, in its order. */
    public List<Looking> lookings() {
        List<Looking> all = new ArrayList<>();
        for (String interval : intervals) {
            if (interval.equalsIgnoreCase(ADAPTIVE)) {
                budgets.forEach(budget -> all.add(adaptive(budget)));
            } else {
                all.add(Looking.oneOf(parsedInterval(interval)));
            }
        }
        return all;
    }

    /** The only one that was asked for. */
    public Looking looking() {
        List<Looking> all = lookings();
        if (all.size() != 1) {
            throw new ParameterException(
                    command.commandLine(),
                    "--interval and --budget name " + all.size() + " ways to look; allowed: one");
        }
        return all.get(0);
    }

    /** The phase asked for, or {@code otherwise}. */
    public int phase(Looking looking, int otherwise) {
        return phase == null ? otherwise : parsedPhase(looking);
    }

    /** The phase asked for; all of them where none or {@code all} was. */
    public List<Integer> phases(Looking looking) {
        return phase == null || phase.equals(ALL) ? looking.allPhases() : List.of(parsedPhase(looking));
    }

    /** Phase 0 alone, for a run that cannot begin later; whoever asked for another one is told. */
    public List<Integer> onlyPhaseZero(Looking looking) {
        if (phase != null && !phase.equals(ALL) && parsedPhase(looking) != 0) {
            throw new ParameterException(
                    command.commandLine(), "--phase is " + phase + "; through Kafka, an adaptive run has only 0");
        }
        return List.of(0);
    }

    private Looking adaptive(double budget) {
        if (!(budget > 0 && budget <= 1)) {
            throw new ParameterException(
                    command.commandLine(), "--budget is " + budget + "; allowed: above 0, at most 1");
        }
        return Looking.adaptive(budget);
    }

    private int parsedInterval(String text) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= 1) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refusedInterval(text, e);
        }
        throw refusedInterval(text, null);
    }

    private ParameterException refusedInterval(String text, Throwable cause) {
        return new ParameterException(
                command.commandLine(), "--interval is " + text + "; allowed: 1 or more, or adaptive", cause);
    }

    private int parsedPhase(Looking looking) {
        int phases = looking.allPhases().size();
        try {
            int value = Integer.parseInt(phase);
            if (value >= 0 && value < phases) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refusedPhase(phases, e);
        }
        throw refusedPhase(phases, null);
    }

    private ParameterException refusedPhase(int phases, Throwable cause) {
        return new ParameterException(
                command.commandLine(), "--phase is " + phase + "; allowed: 0 to " + (phases - 1), cause);
    }
}
