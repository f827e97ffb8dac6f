package dev.framewise.gateway.board;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
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

    private final Path command;
    private final Duration timeout;

    VcGenCmd(Path command, Duration timeout) {
        this.command = command;
        this.timeout = timeout;
    }

    /** Degrees Celsius. */
    OptionalDouble celsius() throws IOException {
        Matcher found = TEMPERATURE.matcher(run("measure_temp"));
        return found.find() ? OptionalDouble.of(Double.parseDouble(found.group(1))) : OptionalDouble.empty();
    }

    /** Bits: 0 under-voltage, 1 frequency capped, 2 throttled, 3 soft temperature limit; the same from 16 on since the boot. */
    OptionalInt throttled() throws IOException {
        Matcher found = THROTTLED.matcher(run("get_throttled"));
        return found.find() ? OptionalInt.of(Integer.parseUnsignedInt(found.group(1), 16)) : OptionalInt.empty();
    }

    /** MHz. */
    OptionalDouble clock(String name) throws IOException {
        Matcher found = FREQUENCY.matcher(run("measure_clock", name));
        return found.find() ? OptionalDouble.of(Double.parseDouble(found.group(1)) / 1e6) : OptionalDouble.empty();
    }

    /** Watts of all rails that have both a current and a voltage; empty where there is no PMIC, as on boards before the Pi 5. */
    OptionalDouble watts() throws IOException {
        Map<String, Double> amperes = new HashMap<>();
        Map<String, Double> volts = new HashMap<>();
        Matcher found = RAIL.matcher(run("pmic_read_adc"));
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

    private String run(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException(command + " " + arguments[0] + ": no answer in " + timeout.toMillis() + " ms");
            }
            return new String(out.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command + ": interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
