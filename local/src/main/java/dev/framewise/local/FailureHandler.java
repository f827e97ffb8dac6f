package dev.framewise.local;

import dev.framewise.toolkit.python.EnvironmentException;
import dev.framewise.vision.asset.AssetException;
import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one or two lines why a command failed, and chooses the exit code; the stack trace goes to the log file. */
final class FailureHandler implements IExecutionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        LOG.info("{} failed", command.getCommandSpec().qualifiedName(), failure);
        command.getErr().println("framewise " + command.getCommandName() + ": " + describe(failure));
        command.getErr().flush();
        return exitCode(failure);
    }

    static int exitCode(Exception failure) {
        if (failure instanceof AssetException asset) {
            return switch (asset.kind()) {
                case UNKNOWN_NAME -> ExitCode.WRONG_USAGE;
                case NOT_FOUND, HASH -> ExitCode.ENVIRONMENT;
                case INTERRUPTED -> ExitCode.INTERRUPTED;
            };
        }
        if (failure instanceof EnvironmentException) {
            return ExitCode.ENVIRONMENT;
        }
        return failure instanceof InterruptedException ? ExitCode.INTERRUPTED : ExitCode.FAILED;
    }

    private static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder(sentence(failure));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            String sentence = sentence(cause);
            if (text.indexOf(sentence) < 0) {
                text.append(System.lineSeparator()).append("  because: ").append(sentence);
            }
        }
        return text.toString();
    }

    private static String sentence(Throwable failure) {
        if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
            return "no such file: " + failure.getMessage();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
