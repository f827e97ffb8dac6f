package dev.framewise.gateway.board;

import dev.framewise.gateway.config.BoardSettings;
import dev.framewise.schemas.PowerSource;
import java.io.IOException;
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
 * Jetson's INA3221 rails, and {@code tegrastats} where sysfs does not show them; RAPL of x86. What cannot be read is unknown. Watts are
 * measured or absent, never guessed. The telemetry thread's.
 */
public final class LinuxBoard implements BoardSensors {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxBoard.class);
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private final SysfsTree sysfs;
    private final Path loadFile;
    private final VcGenCmd vcgencmd;
    private final TegraStats tegrastats;
    private final RaplMeter rapl;
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
        this.vcgencmd = new VcGenCmd(new BoardCommand(places.vcgencmd(), timeout));
        this.tegrastats = new TegraStats(new BoardCommand(places.tegrastats(), timeout));
        this.rapl = new RaplMeter(sysfs, nanoTicker);
    }

    @Override
    public BoardReading read() {
        ThermalZones zones = ThermalZones.read(sysfs);
        Map<String, Double> clocks = clocks();
        OptionalDouble watts = JetsonRails.watts(sysfs);
        int flags = 0;
        if (tegrastats.exists() && (watts.isEmpty() || Double.isNaN(zones.socCelsius()))) {
            try {
                TegraStats.Line line = tegrastats.read();
                zones.addMissing(line.temperatures());
                watts = watts.isPresent() ? watts : JetsonRails.module(line.rails());
                commandFails = false;
            } catch (IOException e) {
                fails("tegrastats", e);
            }
        }
        if (watts.isEmpty()) {
            watts = rapl.watts();
        }
        if (vcgencmd.exists()) {
            try {
                vcgencmd.celsius().ifPresent(celsius -> zones.addFirmware("vcgencmd", celsius));
                flags = vcgencmd.throttled().orElse(0);
                vcgencmd.clock("arm").ifPresent(megahertz -> clocks.put("arm", megahertz));
                watts = watts.isPresent() ? watts : vcgencmd.watts();
                commandFails = false;
            } catch (IOException e) {
                fails("vcgencmd", e);
            }
        }
        return new BoardReading(
                zones.socCelsius(),
                flags,
                watts.orElse(Double.NaN),
                watts.isPresent() ? PowerSource.MEASURED : PowerSource.ABSENT,
                utilization(),
                zones.celsius(),
                clocks);
    }

    /** Told once, not every second. */
    private void fails(String command, IOException why) {
        if (!commandFails) {
            LOG.warn("{} does not answer; what only it knows is unknown", command, why);
        }
        commandFails = true;
    }

    private Map<String, Double> clocks() {
        Map<String, Double> clocks = new TreeMap<>();
        for (Path policy : sysfs.entries("devices/system/cpu/cpufreq", "policy")) {
            sysfs.number(policy.resolve("scaling_cur_freq"))
                    .ifPresent(kilohertz -> clocks.put(policy.getFileName().toString(), kilohertz / 1000));
        }
        return clocks;
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
