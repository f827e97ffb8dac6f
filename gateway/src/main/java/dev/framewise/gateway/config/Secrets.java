package dev.framewise.gateway.config;

import dev.framewise.gateway.GatewayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that stand in files or in the environment: {@code ${file:PATH}} and {@code ${env:NAME}} within a text. */
final class Secrets {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(file|env):([^}]+)}");

    private Secrets() {}

    /**
     * Puts the values in.
     *
     * @param key of the option, for messages
     * @throws GatewayException if one is not there
     */
    static String resolve(String key, String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1).equals("file")
                                ? fromFile(key, found.group(2))
                                : fromEnvironment(key, found.group(2))));
    }

    /** The files that a text refers to. */
    static Set<Path> files(String text) {
        Set<Path> files = new HashSet<>();
        Matcher matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals("file")) {
                files.add(Path.of(matcher.group(2)));
            }
        }
        return files;
    }

    private static String fromFile(String key, String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new GatewayException(
                    key + ": the secret's file " + file + " cannot be read (" + e
                            + "); is it there, and may this user read it?",
                    e);
        }
    }

    private static String fromEnvironment(String key, String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new GatewayException(
                    key + ": the environment has no " + name + "; set it in the unit's EnvironmentFile", null);
        }
        return value;
    }
}
