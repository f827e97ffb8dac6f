package dev.framewise.gateway.board;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a Jetson's {@code tegrastats}, for what its sysfs does not show this user: {@code ... CPU@45.5C ... VDD_IN
 * 4800mW/4795mW ...} on the Orin, {@code POM_5V_IN 2532/2698} (milliwatts, now and on average) on the Nano. Format: NVIDIA's Jetson Linux
 * developer guide, "tegrastats utility". The command goes on for ever, so it is ended after its first line.
 */
final class TegraStats {
    private static final Pattern TEMPERATURE = Pattern.compile("(\\w+)@(-?[0-9.]+)C\\b");
    private static final Pattern RAIL = Pattern.compile("\\b([A-Z][A-Z0-9_]*) (\\d+)(?:mW)?/(\\d+)(?:mW)?(?=\\s|$)");
    /** What a zone says that is switched off. */
    private static final double OFF_CELSIUS = -256;

    private final Path command;
    private final Duration timeout;

    TegraStats(Path command, Duration timeout) {
        this.command = command;
        this.timeout = timeout;
    }

    /**
     * What the line said.
     *
     * @param temperatures by zone, degrees Celsius
     * @param rails by name, watts
     */
    record Line(Map<String, Double> temperatures, Map<String, Double> rails) {
        /** Watts of the first of these rails that is there. */
        OptionalDouble watts(String... names) {
            for (String name : names) {
                if (rails.containsKey(name)) {
                    return OptionalDouble.of(rails.get(name));
                }
            }
            return OptionalDouble.empty();
        }
    }

    /** Reads one line. */
    Line read() throws IOException {
        Process process = new ProcessBuilder(command.toString(), "--interval", "100")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            process.getOutputStream().close();
            CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> firstLine(out));
            try {
                return parse(first.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException | ExecutionException e) {
                throw new IOException(command + ": no line in " + timeout.toMillis() + " ms", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(command + ": interrupted", e);
            } finally {
                // before the reader is closed, which waits for the thread that reads
                process.destroyForcibly();
            }
        }
    }

    private static String firstLine(BufferedReader out) {
        try {
            String line = out.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }

    static Line parse(String line) {
        Map<String, Double> temperatures = new TreeMap<>();
        Matcher zone = TEMPERATURE.matcher(line);
        while (zone.find()) {
            double celsius = Double.parseDouble(zone.group(2));
            if (celsius > OFF_CELSIUS) {
                temperatures.put(zone.group(1), celsius);
            }
        }
        Map<String, Double> rails = new TreeMap<>();
        Matcher rail = RAIL.matcher(line);
        while (rail.find()) {
            rails.put(rail.group(1), Double.parseDouble(rail.group(2)) / 1000);
        }
        return new Line(temperatures, rails);
    }
}
