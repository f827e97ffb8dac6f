package dev.framewise.benchmarks;

import dev.framewise.benchmarks.batch.BatchCommand;
import dev.framewise.benchmarks.gateway.GatewayBenchCommand;
import dev.framewise.benchmarks.inference.InferenceCommand;
import dev.framewise.benchmarks.micro.MicroCommand;
import dev.framewise.benchmarks.pipeline.PipelineCommand;
import dev.framewise.benchmarks.soak.SoakCommand;
import dev.framewise.benchmarks.swap.SwapCommand;
import dev.framewise.benchmarks.tracker.TrackerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code framewise bench}: the benchmarks. */
@Command(
        name = "bench",
        description = "Measures what things cost, beside a limit or a peer in the same run.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            InferenceCommand.class,
            PipelineCommand.class,
            BatchCommand.class,
            TrackerCommand.class,
            MicroCommand.class,
            GatewayBenchCommand.class,
            SoakCommand.class,
            SwapCommand.class
        })
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which benchmark");
    }
}
