package dev.framewise.toolkit.python;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a private Python environment holds.
 *
 * @param name of the environment, fit for a folder
 * @param pins every package with its version, such as {@code numpy==2.2.6}; what they would bring along by themselves is not installed
 * @param anyPython whether to install packages that name a newer Python than there is: only for those that were tried on older ones
 */
public record PythonPackages(String name, List<String> pins, boolean anyPython) {
    private static final int DIGITS = 12;

    public PythonPackages {
        pins = List.copyOf(pins);
        if (!pins.stream().allMatch(pin -> pin.matches("[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*"))) {
            throw new IllegalArgumentException(pins + "; allowed: a name and a version each, such as numpy==2.2.6");
        }
    }

    /** Packages of Pythons they name themselves. */
    public static PythonPackages of(String name, String... pins) {
        return new PythonPackages(name, List.of(pins), /* anyPython= */ false);
    }

    /** Arguments of pip that install them, and nothing else: wheels only, so that nothing is compiled. */
    List<String> install() {
        List<String> arguments = new ArrayList<>(
                List.of("-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-deps"));
        arguments.addAll(List.of("--only-binary", ":all:"));
        if (anyPython) {
            arguments.add("--ignore-requires-python");
        }
        arguments.addAll(pins);
        return arguments;
    }

    /** Another for other packages or versions, so that an environment never has to change. */
    String folder() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", pins).getBytes(StandardCharsets.UTF_8));
            return name + "-" + HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
