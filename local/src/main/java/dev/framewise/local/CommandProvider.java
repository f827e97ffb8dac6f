package dev.framewise.local;

/**
 * Adds a command to the command line from a module that this one may not import. Found by {@link java.util.ServiceLoader}: name
 * the implementation in {@code META-INF/services/dev.framewise.local.CommandProvider}.
 */
@FunctionalInterface
public interface CommandProvider {
    /** The command: an object with picocli's annotations, its name among them. */
    Object command();
}
