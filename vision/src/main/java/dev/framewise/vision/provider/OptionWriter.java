package dev.framewise.vision.provider;

import java.util.LinkedHashMap;
import java.util.Map;

/** The entries that differ from their defaults, in order. */
final class OptionWriter {
    private final Map<String, String> entries = new LinkedHashMap<>();

    OptionWriter put(String key, Object value, Object standard) {
        if (!value.equals(standard)) {
            entries.put(key, value.toString());
        }
        return this;
    }

    Map<String, String> entries() {
        return entries;
    }
}
