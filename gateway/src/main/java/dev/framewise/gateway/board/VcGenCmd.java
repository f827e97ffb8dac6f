package dev.framewise.gateway.board;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Raspberry Pi's {@code vcgencmd}, in the formats that its documentation states: {@code temp=48.3'C}, {@code throttled=0x50005},
 * {@code frequency(48)=1500000000}, and on the Pi 5 {@code pmic_read_adc} with pairs of {@code NAME_A current(0)=0.1A} and {@code NAME_V
 * volt(8)=3.3V}. Each call has a time-out.
 */
final class VcGenCmd {
    private static final Pattern TEMPERATURE = Pattern.compile("temp=([0-9.]+)'C");
    private static final Pattern THROTTLED = Pattern.compile("throttled=0x([0-9a-fA-F]+)");
    private static final Pattern FREQUENCY = Pattern.compile("frequency\\(\\d+\\)=(\\d+)");
    private static final Pattern RAIL = Pattern.compile("(\\w+)_([AV]) (?:current|volt)\\(\\d+\\)=([0-9.]+)[AV]");

    private final BoardCommand command;

    VcGenCmd(BoardCommand command) {
        this.command = command;
    }

    boolean exists() {
        return command.exists();
    }

    /** Degrees Celsius. */
    OptionalDouble celsius() throws IOException {
        Matcher found = TEMPERATURE.matcher(command.output("measure_temp"));
        return found.find() ? OptionalDouble.of(Double.parseDouble(found.group(1))) : OptionalDouble.empty();
    }

    /** Bits: 0 under-voltage, 1 frequency capped, 2 throttled, 3 soft temperature limit; the same from 16 on since the boot. */
    OptionalInt throttled() throws IOException {
        Matcher found = THROTTLED.matcher(command.output("get_throttled"));
        return found.find() ? OptionalInt.of(Integer.parseUnsignedInt(found.group(1), 16)) : OptionalInt.empty();
    }

    /** MHz. */
    OptionalDouble clock(String name) throws IOException {
        Matcher found = FREQUENCY.matcher(command.output("measure_clock", name));
        return found.find() ? OptionalDouble.of(Double.parseDouble(found.group(1)) / 1e6) : OptionalDouble.empty();
    }

    /** Watts of all rails that have both a current and a voltage; empty where there is no PMIC, as on boards before the Pi 5. */
    OptionalDouble watts() throws IOException {
        Map<String, Double> amperes = new HashMap<>();
        Map<String, Double> volts = new HashMap<>();
        Matcher found = RAIL.matcher(command.output("pmic_read_adc"));
        while (found.find()) {
            (found.group(2).equals("A") ? amperes : volts).put(found.group(1), Double.parseDouble(found.group(3)));
        }
        amperes.keySet().retainAll(volts.keySet());
        return amperes.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(amperes.entrySet().stream()
                        .mapToDouble(rail -> rail.getValue() * volts.get(rail.getKey()))
                        .sum());
    }
}
