package dev.framewise.local;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/**
 * Ctrl-C as a wish: the first says 'stop', and the command ends in order; the second ends the process at once. A SIGTERM
 * counts as well. Flink and Kafka tear themselves down in shutdown hooks, so that nothing could be saved in a hook of ours.
 */
public final class Interruption implements AutoCloseable {
    private final AtomicBoolean wished = new AtomicBoolean();
    private final Object previousInt;
    private final Object previousTerm;

    /** Listens from now on. */
    public Interruption() {
        previousInt = Signals.register("INT", this::wish);
        previousTerm = Signals.register("TERM", this::wish);
    }

    /** Whether somebody wants the command to end. */
    public boolean isWished() {
        return wished.get();
    }

    /** What the signal does. */
    void wish() {
        if (wished.getAndSet(true)) {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
    }

    /** Listens no longer: a signal ends the process again. */
    @Override
    public void close() {
        Signals.unregister("INT", previousInt);
        Signals.unregister("TERM", previousTerm);
    }
}
