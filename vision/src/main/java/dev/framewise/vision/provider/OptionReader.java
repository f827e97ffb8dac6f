package dev.framewise.vision.provider;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one provider's options by key, and keeps what it could not read. A key that nobody asks for is a problem, too. */
final class OptionReader {
    private static final Pattern BYTES = Pattern.compile("(\\d{1,18})([KMG]I?)?B?", Pattern.CASE_INSENSITIVE);

    private final ExecutionProvider provider;
    private final Map<String, String> entries;
    private final Set<String> known = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    OptionReader(ExecutionProvider provider, Map<String, String> entries) {
        this.provider = provider;
        this.entries = new LinkedHashMap<>(entries);
    }

    String text(String key, String standard) {
        known.add(key);
        return entries.getOrDefault(key, standard);
    }

    int integer(String key, int standard) {
        String value = text(key, Integer.toString(standard));
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            return problem(key, value, "a whole number", standard);
        }
    }

    boolean flag(String key, boolean standard) {
        String value = text(key, Boolean.toString(standard));
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> problem(key, value, "true, false", standard);
        };
    }

    /** A number of bytes, or of KB, MB or GB of 1024, 1024² and 1024³ bytes. */
    long bytes(String key, long standard) {
        String value = text(key, Long.toString(standard));
        Matcher matcher = BYTES.matcher(value);
        if (!matcher.matches()) {
            return problem(key, value, "bytes, such as 2147483648, 512MB or 2GB", standard);
        }
        String unit = matcher.group(2) == null ? "" : matcher.group(2).toUpperCase(Locale.ROOT);
        long factor = unit.isEmpty() ? 1 : 1L << (10 * (1 + "KMG".indexOf(unit.charAt(0))));
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
        } catch (ArithmeticException e) {
            return problem(key, value, "fewer bytes", standard);
        }
    }

    /** Everything that was wrong so far, unknown keys included. */
    List<String> problems() {
        for (String key : entries.keySet()) {
            if (!known.contains(key)) {
                problems.add(provider.id() + ": " + key + " is no option; there are: "
                        + (known.isEmpty() ? "none" : String.join(", ", known)));
            }
        }
        return problems;
    }

    private <T> T problem(String key, String value, String allowed, T standard) {
        problems.add(provider.id() + ": " + key + " is " + value + "; allowed: " + allowed);
        return standard;
    }
}
