package dev.framewise.gateway.board;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
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

    private final BoardCommand command;

    TegraStats(BoardCommand command) {
        this.command = command;
    }

    /**
     * What the line said.
     *
     * @param temperatures by zone, degrees Celsius
     * @param rails by name, watts
     */
    record Line(Map<String, Double> temperatures, Map<String, Double> rails) {}

    boolean exists() {
        return command.exists();
    }

    /** Reads one line. */
    Line read() throws IOException {
        return parse(command.firstLine("--interval", "100"));
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
