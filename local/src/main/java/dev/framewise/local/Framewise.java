package dev.framewise.local;

import dev.framewise.gateway.GatewayCommand;
import dev.framewise.gateway.edge.EdgeCommand;
import dev.framewise.local.archive.ArchiveCommand;
import dev.framewise.local.demo.DemoCommand;
import dev.framewise.local.eval.EvalCommand;
import dev.framewise.toolkit.ModelCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. {@code ./framewise} at the root of the checkout builds what is missing and calls {@link #main}. */
@Command(
        name = "framewise",
        description = "Edge computer vision as a stream: cameras, Kafka, Flink.",
        mixinStandardHelpOptions = true,
        version = "framewise 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            TrackCommand.class,
            EvalCommand.class,
            GatewayCommand.class,
            EdgeCommand.class,
            ModelCommand.class,
            ArchiveCommand.class
        },
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the environment lacks something."})
public final class Framewise implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which command");
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, /* autoFlush= */ true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, /* autoFlush= */ true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /**
     * Runs one command.
     *
     * @return the exit code, see {@link ExitCode}
     */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine framewise = new CommandLine(new Framewise());
        ServiceLoader.load(CommandProvider.class).forEach(provider -> framewise.addSubcommand(provider.command()));
        return framewise
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new FailureHandler())
                .execute(args);
    }
}
