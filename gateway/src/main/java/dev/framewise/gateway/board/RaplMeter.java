package dev.framewise.gateway.board;

import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Watts of an x86's packages: what RAPL has counted since the last reading, over the time since then. Readable by root only on most
 * systems. Format: Linux's Documentation/ABI for {@code class/powercap}. The telemetry thread's.
 */
final class RaplMeter {
    private final SysfsTree sysfs;
    private final LongSupplier nanoTicker;
    private long lastNanos;
    private double lastMicrojoules = Double.NaN;

    /** @param nanoTicker a monotonic clock such as {@link System#nanoTime()} */
    RaplMeter(SysfsTree sysfs, LongSupplier nanoTicker) {
        this.sysfs = sysfs;
        this.nanoTicker = nanoTicker;
    }

    /** Empty where there is no counter, at the first reading, and when a counter has wrapped around. */
    OptionalDouble watts() {
        double microjoules = 0;
        boolean any = false;
        for (Path zone : sysfs.entries("class/powercap", "intel-rapl:")) {
            String name = zone.getFileName().toString();
            // intel-rapl:0 is a package, intel-rapl:0:0 a part of it
            if (name.indexOf(':') == name.lastIndexOf(':')) {
                OptionalDouble energy = sysfs.number(zone.resolve("energy_uj"));
                any |= energy.isPresent();
                microjoules += energy.orElse(0);
            }
        }
        if (!any) {
            return OptionalDouble.empty();
        }
        long now = nanoTicker.getAsLong();
        double seconds = (now - lastNanos) / 1e9;
        double used = microjoules - lastMicrojoules;
        lastNanos = now;
        lastMicrojoules = microjoules;
        return used >= 0 && seconds > 0 ? OptionalDouble.of(used / 1e6 / seconds) : OptionalDouble.empty();
    }
}
