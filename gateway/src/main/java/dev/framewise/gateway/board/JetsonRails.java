package dev.framewise.gateway.board;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The watts of a Jetson's INA3221, channel by channel, from sysfs: {@code class/hwmon} (millivolts and milliamperes; JetPack 5 and
 * later, and mainline Linux), and {@code bus/i2c/drivers/ina3221x} (milliwatts; JetPack 4, which is the last of the Jetson Nano).
 */
final class JetsonRails {
    /** Rails that hold all others of their board. An AGX has none: its rails stand side by side. */
    private static final List<String> INPUTS = List.of("VDD_IN", "5V_IN", "POM_5V_IN");

    private static final int CHANNELS = 3;

    private JetsonRails() {}

    /** Watts of the module; empty where there are no rails. */
    static OptionalDouble watts(SysfsTree sysfs) {
        Map<String, Double> rails = new TreeMap<>();
        for (Path monitor : sysfs.entries("class/hwmon", "hwmon")) {
            if (sysfs.text(monitor.resolve("name")).equals("ina3221")) {
                for (int channel = 1; channel <= CHANNELS; channel++) {
                    add(
                            rails,
                            monitor,
                            channel,
                            sysfs.text(monitor.resolve("in" + channel + "_label")),
                            product(
                                    sysfs.number(monitor.resolve("in" + channel + "_input")),
                                    sysfs.number(monitor.resolve("curr" + channel + "_input"))));
                }
            }
        }
        for (Path chip : sysfs.entries("bus/i2c/drivers/ina3221x", "")) {
            for (Path monitor : sysfs.entries(chip, "iio:device")) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    OptionalDouble milliwatts = sysfs.number(monitor.resolve("in_power" + channel + "_input"));
                    add(
                            rails,
                            monitor,
                            channel,
                            sysfs.text(monitor.resolve("rail_name_" + channel)),
                            milliwatts.isPresent()
                                    ? OptionalDouble.of(milliwatts.getAsDouble() / 1e3)
                                    : OptionalDouble.empty());
                }
            }
        }
        return module(rails);
    }

    /** Watts of the module: of the rail that feeds it, else of all rails together; empty where there are none. */
    static OptionalDouble module(Map<String, Double> rails) {
        for (String input : INPUTS) {
            if (rails.containsKey(input)) {
                return OptionalDouble.of(rails.get(input));
            }
        }
        return rails.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        rails.values().stream().mapToDouble(Double::doubleValue).sum());
    }

    private static void add(Map<String, Double> rails, Path monitor, int channel, String label, OptionalDouble watts) {
        watts.ifPresent(value -> rails.put(label.isEmpty() ? monitor.getFileName() + "." + channel : label, value));
    }

    private static OptionalDouble product(OptionalDouble millivolts, OptionalDouble milliamperes) {
        return millivolts.isPresent() && milliamperes.isPresent()
                ? OptionalDouble.of(millivolts.getAsDouble() * milliamperes.getAsDouble() / 1e6)
                : OptionalDouble.empty();
    }
}
