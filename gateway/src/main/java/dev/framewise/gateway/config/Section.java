package dev.framewise.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One mapping of the file: gives values, collects problems, and at the end reports the keys nobody asked for. */
final class Section {
    private final JsonNode node;
    private final String path;
    private final List<String> problems;
    private final Set<String> asked = new HashSet<>();

    /**
     * A view of a mapping.
     *
     * @param node null or missing where the file has no such section
     * @param path of the section within the file, ending in a dot, or empty
     * @param problems where problems are added
     */
    Section(JsonNode node, String path, List<String> problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        if (present(node) && !node.isObject()) {
            problems.add((path.isEmpty() ? "the file" : path) + " must hold keys and values");
        }
    }

    /** The value, or the default where it is missing or wrong; null where there is no default. */
    <T> T get(Option<T> option) {
        JsonNode value = child(option.key());
        if (!present(value)) {
            if (option.isRequired()) {
                problems.add(path + option.key() + " is missing; allowed: " + option.range());
            }
            return option.defaultValue();
        }
        try {
            if (!value.isValueNode()) {
                throw new IllegalArgumentException();
            }
            return option.parser().parse(value.asText());
        } catch (IllegalArgumentException e) {
            problems.add(path + option.key() + " = " + value + "; allowed: " + option.range());
            return option.defaultValue();
        }
    }

    /** A section within this one. */
    Section section(String key) {
        return new Section(child(key), path + key + ".", problems);
    }

    /** A list within this one; empty where it is missing. */
    List<Section> list(String key) {
        JsonNode value = child(key);
        if (!present(value) || !value.isArray() || value.isEmpty()) {
            problems.add(path + key + " must be a list with at least one entry");
            return List.of();
        }
        List<Section> entries = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            entries.add(new Section(value.get(i), path + key + "[" + i + "].", problems));
        }
        return entries;
    }

    /** Any keys with text values. */
    Map<String, String> texts(String key) {
        JsonNode value = child(key);
        Map<String, String> texts = new LinkedHashMap<>();
        if (!present(value)) {
            return texts;
        }
        if (!value.isObject()) {
            problems.add(path + key + " = " + value + "; allowed: keys and values");
            return texts;
        }
        value.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    /** Reports every key that was never asked for. Call it last. */
    void rejectUnknown() {
        if (present(node) && node.isObject()) {
            node.fieldNames().forEachRemaining(key -> {
                if (!asked.contains(key)) {
                    problems.add(path + key + " is unknown; known here: "
                            + String.join(", ", asked.stream().sorted().toList()));
                }
            });
        }
    }

    private JsonNode child(String key) {
        asked.add(key);
        return present(node) ? node.get(key) : null;
    }

    private static boolean present(JsonNode node) {
        return node != null && !node.isMissingNode() && !node.isNull();
    }
}
