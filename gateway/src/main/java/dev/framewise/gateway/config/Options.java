package dev.framewise.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes options of the common types; each carries its range into its parser and into the reference. */
final class Options {
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|min|h|d)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private Options() {}

    /** A name that is safe as a Kafka key, a file name and a metric's label. */
    static Option<String> name(String key, String description) {
        return new Option<>(
                key, null, Option.REQUIRED, "1 to 100 letters, digits, '.', '_', '-'", description, text -> {
                    require(NAME.matcher(text).matches());
                    return text;
                });
    }

    /** Any text that is not blank. */
    static Option<String> text(String key, String defaultValue, String range, String description) {
        return new Option<>(
                key, defaultValue, defaultValue == null ? Option.REQUIRED : defaultValue, range, description, text -> {
                    require(!text.isBlank());
                    return text;
                });
    }

    /** Text that is worked out where it is not given. */
    static Option<String> optionalText(String key, String defaultText, String range, String description) {
        return new Option<>(key, null, defaultText, range, description, text -> {
            require(!text.isBlank());
            return text;
        });
    }

    static Option<Double> number(
            String key, Double defaultValue, String defaultText, double least, double most, String description) {
        return new Option<>(key, defaultValue, defaultText, trim(least) + " to " + trim(most), description, text -> {
            double value = Double.parseDouble(text);
            require(value >= least && value <= most);
            return value;
        });
    }

    static Option<Double> number(String key, double defaultValue, double least, double most, String description) {
        return number(key, defaultValue, trim(defaultValue), least, most, description);
    }

    static Option<Long> whole(
            String key, long defaultValue, String defaultText, long least, long most, String description) {
        String range = most == Long.MAX_VALUE ? "at least " + least : least + " to " + most;
        return new Option<>(key, defaultValue, defaultText, range, description, text -> {
            long value = Long.parseLong(text);
            require(value >= least && value <= most);
            return value;
        });
    }

    static Option<Boolean> flag(String key, boolean defaultValue, String description) {
        return new Option<>(key, defaultValue, Boolean.toString(defaultValue), "true or false", description, text -> {
            require(text.equals("true") || text.equals("false"));
            return Boolean.valueOf(text);
        });
    }

    static <E extends Enum<E>> Option<E> choice(String key, Class<E> type, E defaultValue, String description) {
        String range =
                Arrays.stream(type.getEnumConstants()).map(Options::lower).collect(Collectors.joining(" or "));
        return new Option<>(key, defaultValue, lower(defaultValue), range, description, text -> {
            require(text.equals(text.toLowerCase(Locale.ROOT)));
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        });
    }

    static Option<Duration> duration(
            String key, Duration defaultValue, Duration least, Duration most, String description) {
        return new Option<>(
                key, defaultValue, format(defaultValue), format(least) + " to " + format(most), description, text -> {
                    Matcher matcher = DURATION.matcher(text);
                    require(matcher.matches());
                    Duration value = UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
                    require(value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
                    return value;
                });
    }

    /** A directory or file. */
    static Option<Path> path(String key, String defaultText, String description) {
        return new Option<>(key, null, defaultText, "a path", description, text -> {
            require(!text.isBlank());
            return Path.of(text);
        });
    }

    /** A directory or file that has a usual place. */
    static Option<Path> path(String key, Path defaultValue, String description) {
        Option<Path> read = path(key, defaultValue.toString(), description);
        return new Option<>(key, defaultValue, defaultValue.toString(), "a path", description, read.parser());
    }

    static Option<Instant> instant(String key, String defaultText, String description) {
        return new Option<>(key, null, defaultText, "a time such as 2026-01-01T00:00:00Z", description, text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    private static void require(boolean allowed) {
        if (!allowed) {
            throw new IllegalArgumentException();
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String trim(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String format(Duration value) {
        if (value.toMillis() % 1000 != 0) {
            return value.toMillis() + " ms";
        }
        if (value.toSeconds() % 86_400 == 0 && value.toSeconds() > 0) {
            return value.toDays() + " d";
        }
        return value.toSeconds() % 60 == 0 && value.toSeconds() > 0
                ? value.toMinutes() + " min"
                : value.toSeconds() + " s";
    }
}
