package dev.framewise.local.report;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as people read them, the same on every machine. */
public final class Figures {
    /** What stands where there is no number. */
    private static final String NONE = "–";

    private Figures() {}

    /** With so many decimals; a dash for NaN. */
    public static String of(double value, int decimals) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** With so many decimals; a dash for none. */
    public static String of(OptionalDouble value, int decimals) {
        return of(value.orElse(Double.NaN), decimals);
    }

    /** A count. */
    public static String of(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
