package dev.framewise.jobs;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What every job's {@code main} does: options, graph, submit. */
final class JobMain {
    private static final int WRONG_USAGE = 2;

    private JobMain() {}

    static <T extends KafkaOptions<T>> void run(
            String[] args, T options, BiConsumer<T, StreamExecutionEnvironment> build) throws Exception {
        CommandLine command = new CommandLine(options);
        try {
            if (command.parseArgs(args).isUsageHelpRequested()) {
                command.usage(System.out);
                return;
            }
        } catch (ParameterException e) {
            PrintWriter err = new PrintWriter(System.err, /* autoFlush= */ true, StandardCharsets.UTF_8);
            err.println(e.getMessage());
            command.usage(err);
            System.exit(WRONG_USAGE);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        build.accept(options, env);
        env.execute(options.name());
    }
}
