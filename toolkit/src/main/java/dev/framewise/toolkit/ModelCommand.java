package dev.framewise.toolkit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code framewise model}: the commands that work on models. */
@Command(
        name = "model",
        description = "Looks into models, and makes smaller and faster ones.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            InspectCommand.class,
            FoldCommand.class,
            RebatchCommand.class,
            QuantizeCommand.class,
            Fp16Command.class,
            ExportCommand.class,
            BenchCommand.class,
            GateCommand.class,
            PublishCommand.class,
            DistilCommand.class,
            PruneCommand.class,
            FinetuneCommand.class,
            CropsCommand.class,
            TableCommand.class
        })
public final class ModelCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which command");
    }
}
