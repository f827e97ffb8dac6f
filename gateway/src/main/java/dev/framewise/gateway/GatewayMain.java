package dev.framewise.gateway;

import dev.framewise.gateway.edge.EdgeCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of a board, where there is neither Flink nor a broker: the commands of this module. */
@Command(
        name = "framewise",
        description = "Framewise on a board.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {GatewayCommand.class, EdgeCommand.class},
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the environment lacks something."})
public final class GatewayMain implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayMain.class);

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which command");
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new GatewayMain())
                .setOut(new PrintWriter(System.out, /* autoFlush= */ true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, /* autoFlush= */ true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    LOG.error("{} failed", command.getCommandName(), failure);
                    command.getErr().println("framewise " + command.getCommandName() + ": " + failure.getMessage());
                    return 1;
                })
                .execute(args));
    }
}
