package dev.framewise.jobs;

import dev.framewise.thermal.ThermalOptions;
import picocli.CommandLine.Command;

/** Options of the {@link ThermalJob}. The law itself has the constants of {@link ThermalOptions#defaults()}. */
@Command(
        name = "thermal",
        description = "Keeps devices cool: telemetry in, directives out.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ThermalJobOptions extends KafkaOptions<ThermalJobOptions> {
    private ThermalOptions law = ThermalOptions.defaults();

    public ThermalJobOptions() {
        super("framewise-thermal");
    }

    @Override
    ThermalJobOptions self() {
        return this;
    }

    /** Replaces the constants of the law. */
    public ThermalJobOptions law(ThermalOptions value) {
        law = value;
        return this;
    }

    public ThermalOptions law() {
        return law;
    }
}
