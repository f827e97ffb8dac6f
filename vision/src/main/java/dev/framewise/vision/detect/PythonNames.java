package dev.framewise.vision.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the class names that Ultralytics writes into its models, in Python's notation:
 * <code>{0: 'person', 1: "farmer's dog"}</code>, or a list from older versions. The keys must count from 0.
 */
final class PythonNames {
    private final String text;
    private final List<String> names = new ArrayList<>();
    private int at;

    private PythonNames(String text) {
        this.text = text;
    }

    /** The names by index; empty if the text is no such dictionary or list. */
    static Optional<List<String>> parse(String text) {
        PythonNames names = new PythonNames(text);
        return names.isRead() ? Optional.of(names.names) : Optional.empty();
    }

    private boolean isRead() {
        boolean keyed = skip('{');
        if (!keyed && !skip('[')) {
            return false;
        }
        char end = keyed ? '}' : ']';
        while (!skip(end)) {
            boolean separated = names.isEmpty() || skip(',');
            boolean named = !keyed || (separated && isKey(names.size()));
            if (!separated || !named || !isString()) {
                return false;
            }
        }
        skipSpace();
        return at == text.length();
    }

    private boolean isKey(int expected) {
        skipSpace();
        String key = Integer.toString(expected);
        if (!text.startsWith(key, at)) {
            return false;
        }
        at += key.length();
        return skip(':');
    }

    private boolean isString() {
        skipSpace();
        if (at == text.length() || "'\"".indexOf(text.charAt(at)) < 0) {
            return false;
        }
        char quote = text.charAt(at++);
        StringBuilder name = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            // A quote or backslash inside stands behind a backslash.
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            name.append(text.charAt(at++));
        }
        names.add(name.toString());
        return skip(quote);
    }

    private boolean skip(char wanted) {
        // Space inside a string was read before its closing quote is looked for.
        skipSpace();
        boolean found = at < text.length() && text.charAt(at) == wanted;
        at += found ? 1 : 0;
        return found;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
