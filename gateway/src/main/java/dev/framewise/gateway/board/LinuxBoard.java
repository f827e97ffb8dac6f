package dev.framewise.gateway.board;

import dev.framewise.gateway.config.BoardSettings;
import dev.framewise.schemas.PowerSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sensors of a real board, whatever it has: thermal zones, clocks and the load of any Linux; a Raspberry Pi's {@code vcgencmd}; a
 * Jetson's INA3221 rails, and {@code tegrastats} where sysfs does not show them; RAPL of x86. What cannot be read is unknown. Watts are measured or absent, never guessed. The telemetry
 * thread's.
 *
 * <p>Formats: Linux's Documentation/ABI for {@code class/thermal}, {@code class/hwmon} and {@code class/powercap}.
 */
public final class LinuxBoard implements BoardSensors {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxBoard.class);
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    /** Names of zones that are the SoC, by board: Raspberry Pi and many ARM boards; Jetson; x86. */
    private static final String[] SOC_ZONES = {
        "cpu-thermal", "CPU-therm", "cpu_thermal", "x86_pkg_temp", "soc", "SOC", "CPU", "cpu"
    };

    /** A Jetson's rail that holds all others, by board. */
    private static final String[] INPUT_RAILS = {"VDD_IN", "POM_5V_IN", "VIN_SYS_5V0", "VDD_GPU_SOC"};

    private final SysfsTree sysfs;
    private final Path loadFile;
    private final VcGenCmd vcgencmd;
    private final TegraStats tegrastats;
    private final LongSupplier nanoTicker;
    private long lastEnergyNanos;
    private double lastEnergyMicrojoules = Double.NaN;
    private boolean commandFails;

    /**
     * The sensors of a board.
     *
     * @param nanoTicker a monotonic clock such as {@link System#nanoTime()}
     */
    public LinuxBoard(BoardSettings.Places places, LongSupplier nanoTicker) {
        this(places, TIMEOUT, nanoTicker);
    }

    /** @param timeout of a program that is asked */
    LinuxBoard(BoardSettings.Places places, Duration timeout, LongSupplier nanoTicker) {
        this.sysfs = new SysfsTree(places.sysfs());
        this.loadFile = places.proc().resolve("loadavg");
        this.vcgencmd = Files.isExecutable(places.vcgencmd()) ? new VcGenCmd(places.vcgencmd(), timeout) : null;
        this.tegrastats = Files.isExecutable(places.tegrastats()) ? new TegraStats(places.tegrastats(), timeout) : null;
        this.nanoTicker = nanoTicker;
    }

    @Override
    public BoardReading read() {
        Map<String, Double> temperatures = zones();
        Map<String, Double> clocks = clocks();
        OptionalDouble watts = railWatts();
        if (tegrastats != null && (watts.isEmpty() || temperatures.isEmpty())) {
            OptionalDouble told = askTegrastats(temperatures);
            watts = watts.isPresent() ? watts : told;
        }
        double soc = socOf(temperatures);
        int flags = 0;
        if (watts.isEmpty()) {
            watts = energyWatts();
        }
        if (vcgencmd != null) {
            try {
                OptionalDouble measured = vcgencmd.celsius();
                measured.ifPresent(celsius -> temperatures.put("vcgencmd", celsius));
                // the hotter of the two: a zone that is stuck must not hide the heat
                soc = measured.isPresent() ? Math.max(measured.getAsDouble(), Double.isNaN(soc) ? -273 : soc) : soc;
                flags = vcgencmd.throttled().orElse(0);
                vcgencmd.clock("arm").ifPresent(megahertz -> clocks.put("arm", megahertz));
                watts = watts.isPresent() ? watts : vcgencmd.watts();
                commandFails = false;
            } catch (IOException e) {
                fails("vcgencmd", e);
            }
        }
        return new BoardReading(
                soc,
                flags,
                watts.orElse(Double.NaN),
                watts.isPresent() ? PowerSource.MEASURED : PowerSource.ABSENT,
                utilization(),
                temperatures,
                clocks);
    }

    /** Adds the zones that it knows; gives the watts of the module. */
    private OptionalDouble askTegrastats(Map<String, Double> temperatures) {
        try {
            TegraStats.Line line = tegrastats.read();
            line.temperatures().forEach(temperatures::putIfAbsent);
            commandFails = false;
            return line.watts(INPUT_RAILS);
        } catch (IOException e) {
            fails("tegrastats", e);
            return OptionalDouble.empty();
        }
    }

    /** Told once, not every second. */
    private void fails(String command, IOException why) {
        if (!commandFails) {
            LOG.warn("{} does not answer; what only it knows is unknown", command, why);
        }
        commandFails = true;
    }

    /** Every thermal zone by its type, degrees Celsius; two of a type get their numbers. */
    private Map<String, Double> zones() {
        Map<String, Double> zones = new TreeMap<>();
        for (Path zone : sysfs.entries("class/thermal", "thermal_zone")) {
            String type = sysfs.text(zone.resolve("type"));
            OptionalDouble millis = sysfs.number(zone.resolve("temp"));
            if (!type.isEmpty() && millis.isPresent()) {
                String name = zones.containsKey(type) ? type + "." + zone.getFileName() : type;
                zones.put(name, millis.getAsDouble() / 1000);
            }
        }
        return zones;
    }

    private static double socOf(Map<String, Double> zones) {
        for (String name : SOC_ZONES) {
            if (zones.containsKey(name)) {
                return zones.get(name);
            }
        }
        // no zone that we know is the SoC: the hottest stands for it
        return zones.values().stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    private Map<String, Double> clocks() {
        Map<String, Double> clocks = new TreeMap<>();
        for (Path policy : sysfs.entries("devices/system/cpu/cpufreq", "policy")) {
            sysfs.number(policy.resolve("scaling_cur_freq"))
                    .ifPresent(kilohertz -> clocks.put(policy.getFileName().toString(), kilohertz / 1000));
        }
        return clocks;
    }

    /** A Jetson's INA3221: millivolts times milliamperes of the rail that feeds the module, else of all rails. */
    private OptionalDouble railWatts() {
        Map<String, Double> rails = new TreeMap<>();
        for (Path monitor : sysfs.entries("class/hwmon", "hwmon")) {
            if (!sysfs.text(monitor.resolve("name")).equals("ina3221")) {
                continue;
            }
            for (int channel = 1; channel <= 3; channel++) {
                OptionalDouble millivolts = sysfs.number(monitor.resolve("in" + channel + "_input"));
                OptionalDouble milliamperes = sysfs.number(monitor.resolve("curr" + channel + "_input"));
                String label = sysfs.text(monitor.resolve("in" + channel + "_label"));
                if (millivolts.isPresent() && milliamperes.isPresent()) {
                    rails.put(
                            label.isEmpty() ? monitor.getFileName() + "." + channel : label,
                            millivolts.getAsDouble() * milliamperes.getAsDouble() / 1e6);
                }
            }
        }
        for (String input : INPUT_RAILS) {
            if (rails.containsKey(input)) {
                return OptionalDouble.of(rails.get(input));
            }
        }
        return rails.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        rails.values().stream().mapToDouble(Double::doubleValue).sum());
    }

    /** RAPL: the energy of the packages since the last reading over the time since then; it wraps around now and then. */
    private OptionalDouble energyWatts() {
        double microjoules = 0;
        boolean any = false;
        for (Path zone : sysfs.entries("class/powercap", "intel-rapl:")) {
            // intel-rapl:0 is a package, intel-rapl:0:0 a part of it
            if (zone.getFileName().toString().indexOf(':')
                    == zone.getFileName().toString().lastIndexOf(':')) {
                OptionalDouble energy = sysfs.number(zone.resolve("energy_uj"));
                any |= energy.isPresent();
                microjoules += energy.orElse(0);
            }
        }
        if (!any) {
            return OptionalDouble.empty();
        }
        long now = nanoTicker.getAsLong();
        double seconds = (now - lastEnergyNanos) / 1e9;
        double used = microjoules - lastEnergyMicrojoules;
        lastEnergyNanos = now;
        lastEnergyMicrojoules = microjoules;
        return used >= 0 && seconds > 0 ? OptionalDouble.of(used / 1e6 / seconds) : OptionalDouble.empty();
    }

    /** The load of the last minute per core, at most 1. */
    private double utilization() {
        String[] load = sysfs.text(loadFile).split(" ");
        try {
            return Math.min(
                    1, Double.parseDouble(load[0]) / Runtime.getRuntime().availableProcessors());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
