package dev.framewise.toolkit.python;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs other programs to their end. */
@FunctionalInterface
public interface CommandRunner {
    /** How much of what a failed program said goes into an error. */
    int LINES = 12;

    /**
     * How a program ended.
     *
     * @param exitCode 0 where all went well
     * @param output what it said on both of its outputs
     */
    record Result(int exitCode, String output) {
        /** Its last lines, in which the reason stands. */
        public String tail() {
            List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
            return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        }
    }

    /**
     * Runs one.
     *
     * @param command program and arguments
     * @param folder where it runs
     * @throws IOException if there is no such program
     */
    Result run(List<String> command, Path folder) throws IOException, InterruptedException;

    /** Runs real programs, which may read nothing. */
    static CommandRunner processes() {
        return (command, folder) -> {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            try {
                process.getOutputStream().close();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Result(process.waitFor(), output);
            } finally {
                process.destroy();
            }
        };
    }
}
