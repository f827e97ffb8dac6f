package dev.framewise.gateway.check;

import dev.framewise.gateway.board.BoardReading;
import dev.framewise.gateway.board.BoardSensors;
import dev.framewise.schemas.PowerSource;
import dev.framewise.thermal.ThermalOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the board once. */
final class SensorCheck {
    private static final String PART = "temperature";
    /** Bits of get_throttled that say now, not since the boot. */
    private static final int NOW = 0xf;

    private SensorCheck() {}

    static List<Finding> check(BoardSensors sensors, ThermalOptions law) {
        BoardReading reading;
        try {
            reading = sensors.read();
        } catch (IOException | RuntimeException e) {
            return List.of(Finding.failed(PART, "the sensors cannot be read: " + e.getMessage(), hot(law)));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(temperature(reading, law));
        findings.add(
                reading.powerSource() == PowerSource.ABSENT
                        ? Finding.note("power", "no meter", "figures per watt will be missing")
                        : Finding.ok(
                                "power",
                                String.format(
                                        Locale.ROOT,
                                        "%.2f W, %s",
                                        reading.powerWatts(),
                                        reading.powerSource().name().toLowerCase(Locale.ROOT))));
        if ((reading.throttleFlags() & NOW) != 0) {
            findings.add(Finding.note(
                    "throttling",
                    String.format("the firmware throttles now: 0x%x", reading.throttleFlags()),
                    "bit 0 is a weak power supply, bits 1 to 3 are heat"));
        }
        return findings;
    }

    private static Finding temperature(BoardReading reading, ThermalOptions law) {
        if (Double.isNaN(reading.socCelsius())) {
            return Finding.failed(PART, "there is no thermometer that can be read", hot(law));
        }
        String found = String.format(
                Locale.ROOT,
                "%.1f °C, %d thermometers",
                reading.socCelsius(),
                Math.max(1, reading.temperatures().size()));
        return reading.socCelsius() < law.startCelsius()
                ? Finding.ok(PART, found)
                : Finding.note(PART, found, "it is throttled from the start: cool it, or raise thermal.startCelsius");
    }

    private static String hot(ThermalOptions law) {
        return String.format(
                Locale.ROOT,
                "unknown counts as hot: %.0f %% of the frames at most. Is /sys/class/thermal there, may this user run vcgencmd?"
                        + " On a machine without sensors a trial can have board.kind: simulated",
                100 * law.floorFactor());
    }
}
