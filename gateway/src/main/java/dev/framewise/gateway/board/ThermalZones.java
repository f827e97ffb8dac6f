package dev.framewise.gateway.board;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What the thermometers of a board say at one moment, and which of them is the SoC. Where a zone that is the SoC is there and cannot be
 * read, the SoC is unknown, whatever the others say: the chip of the radio must not stand for it. Format: Linux's Documentation/ABI
 * for {@code class/thermal}. The telemetry thread's.
 */
final class ThermalZones {
    /**
     * Names of zones that are the SoC, best first: the hottest point of an Orin, which its own throttling goes by; Raspberry Pi and many
     * ARM boards; older Jetsons; x86; and as tegrastats names them.
     */
    private static final List<String> SOC = List.of(
            "tj-thermal",
            "tj-therm",
            "cpu-thermal",
            "cpu_thermal",
            "CPU-therm",
            "x86_pkg_temp",
            "soc",
            "SOC",
            "tj",
            "CPU",
            "cpu");

    private final Map<String, Double> celsius = new TreeMap<>();
    private final Map<String, Double> soc = new TreeMap<>();
    private final List<String> unreadable = new ArrayList<>();

    /** Reads every zone by its type. */
    static ThermalZones read(SysfsTree sysfs) {
        ThermalZones zones = new ThermalZones();
        for (Path zone : sysfs.entries("class/thermal", "thermal_zone")) {
            String type = sysfs.text(zone.resolve("type"));
            OptionalDouble millis = sysfs.number(zone.resolve("temp"));
            if (!type.isEmpty() && millis.isPresent()) {
                zones.add(type, zone.getFileName().toString(), millis.getAsDouble() / 1000);
            } else if (SOC.contains(type)) {
                // an Orin's zones that are switched off say so by an error; only the SoC's own matter
                zones.unreadable.add(type);
            }
        }
        return zones;
    }

    /** Of two of a type the second gets its zone's name, too; the hotter one counts. */
    private void add(String type, String zone, double value) {
        celsius.put(celsius.containsKey(type) ? type + "." + zone : type, value);
        if (SOC.contains(type)) {
            soc.merge(type, value, Math::max);
        }
    }

    /** Adds what another than sysfs knows; what is there stays. */
    void addMissing(Map<String, Double> others) {
        others.forEach((name, value) -> {
            if (celsius.putIfAbsent(name, value) == null && SOC.contains(name)) {
                soc.put(name, value);
            }
        });
    }

    /** Adds what the firmware measures of the SoC: the hotter counts, for a zone that is stuck must not hide the heat. */
    void addFirmware(String name, double value) {
        celsius.put(name, value);
        double known = socCelsius();
        soc.clear();
        unreadable.clear();
        soc.put(SOC.get(0), Double.isNaN(known) ? value : Math.max(known, value));
    }

    /** Degrees Celsius; NaN where it is unknown. */
    double socCelsius() {
        for (String name : SOC) {
            if (soc.containsKey(name)) {
                return soc.get(name);
            }
        }
        // no zone that we know is the SoC: the hottest stands for it
        return unreadable.isEmpty()
                ? celsius.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElse(Double.NaN)
                : Double.NaN;
    }

    /** Every thermometer by name, degrees Celsius. */
    Map<String, Double> celsius() {
        return celsius;
    }
}
