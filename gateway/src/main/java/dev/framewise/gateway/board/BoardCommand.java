package dev.framewise.gateway.board;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A program of the system that is asked now and then, each time with a time-out. One that has not answered is killed; while it cannot
 * die, because a driver holds it, no other is started: a second one would hang, too, and a year of them would fill the board. One
 * thread at a time.
 */
public final class BoardCommand {
    private final Path command;
    private final Duration timeout;
    private Process last;

    /** @param command may be missing: then every question fails */
    public BoardCommand(Path command, Duration timeout) {
        this.command = command;
        this.timeout = timeout;
    }

    /** Whether it is there and may be run. */
    boolean exists() {
        return Files.isExecutable(command);
    }

    /**
     * Everything it says until it ends.
     *
     * @throws IOException if it cannot be run, or has not ended in time
     */
    public String output(String... arguments) throws IOException {
        return ask(out -> out.lines().collect(Collectors.joining("\n")), arguments);
    }

    /**
     * The first line it says; it is ended then. Empty where it ends without one.
     *
     * @throws IOException if it cannot be run, or has said nothing in time
     */
    String firstLine(String... arguments) throws IOException {
        return ask(
                out -> {
                    String line = out.readLine();
                    return line == null ? "" : line;
                },
                arguments);
    }

    private interface Reading {
        String read(BufferedReader out) throws IOException;
    }

    private String ask(Reading reading, String... arguments) throws IOException {
        String name = command + (arguments.length == 0 ? "" : " " + arguments[0]);
        try {
            if (last != null && !last.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException(name + ": an earlier one was killed and has not ended; not asked again");
            }
        } catch (InterruptedException e) {
            throw interrupted(name, e);
        }
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        last = process;
        try {
            process.getOutputStream().close();
            return CompletableFuture.supplyAsync(() -> read(process, reading))
                    .get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException(name + ": no answer in " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(name + ": unreadable", e);
        } catch (InterruptedException e) {
            throw interrupted(name, e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static IOException interrupted(String name, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException(name + ": interrupted", e);
    }

    /** The thread that reads closes what it reads: closing from another would wait for it. */
    private static String read(Process process, Reading reading) {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            return reading.read(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
