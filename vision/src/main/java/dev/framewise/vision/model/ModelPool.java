package dev.framewise.vision.model;

import dev.framewise.vision.model.RefusedReleaseException.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Detectors that are opened and closed in the background, and those that wait here to be used. Everything is called by the
 * subtask's thread, which never waits; what has been opened is handed over at {@link #collect}.
 */
final class ModelPool {
    /** Told what has become of an order. */
    interface Receiver {
        /** @param refusal why it could not be opened; empty if it was */
        void arrived(String label, Optional<RefusedReleaseException> refusal);
    }

    /** What the executor hands back: a detector, or why there is none, or neither where it was broken off. */
    private record Arrival(String label, Loaded loaded, RefusedReleaseException refusal) {}

    private final ModelOpener opener;
    private final Executor background;
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final Queue<Loaded> retired = new ConcurrentLinkedQueue<>();
    private final List<String> ordered = new ArrayList<>();
    private final List<Loaded> spare = new ArrayList<>();
    private final Opening opening = new Opening();
    private volatile boolean closed;

    /** @param background runs one task after another */
    ModelPool(ModelOpener opener, Executor background) {
        this.opener = opener;
        this.background = background;
    }

    /** Opens a version here and now. */
    Loaded open(String label, Optional<ModelVersion> version) throws RefusedReleaseException, InterruptedException {
        return new Loaded(label, opener.open(version));
    }

    /**
     * Says which versions are still wanted: what is being opened and is not among them is broken off, so that an address that
     * gives a byte a minute does not keep the next release waiting.
     */
    void want(Collection<String> labels) {
        opening.want(labels);
    }

    /** Has a version opened that is wanted. */
    void order(String label, Optional<ModelVersion> version) {
        ordered.add(label);
        background.execute(() -> arrive(label, version));
    }

    private void arrive(String label, Optional<ModelVersion> version) {
        if (closed) {
            return;
        }
        if (!opening.begin(label)) {
            arrivals.add(new Arrival(label, /* loaded= */ null, /* refusal= */ null));
            return;
        }
        try {
            arrivals.add(new Arrival(label, open(label, version), /* refusal= */ null));
        } catch (RefusedReleaseException e) {
            arrivals.add(new Arrival(label, /* loaded= */ null, e));
        } catch (InterruptedException e) {
            arrivals.add(new Arrival(label, /* loaded= */ null, /* refusal= */ null));
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            arrivals.add(new Arrival(
                    label, /* loaded= */ null, new RefusedReleaseException(Problem.BAD_MODEL, e.toString(), e)));
        } finally {
            opening.end();
        }
    }

    /**
     * Takes in what has been opened.
     *
     * @return whether something was broken off: it must be ordered again if it is wanted again
     */
    boolean collect(Receiver receiver) {
        boolean brokenOff = false;
        for (Arrival arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
            ordered.remove(arrival.label());
            if (arrival.loaded() == null && arrival.refusal() == null) {
                brokenOff = true;
            } else {
                put(arrival.loaded());
                receiver.arrived(arrival.label(), Optional.ofNullable(arrival.refusal()));
            }
        }
        return brokenOff;
    }

    /** What the executor opens now, so that it can be broken off. Thread-safe. */
    private static final class Opening {
        private final Set<String> wanted = new HashSet<>();
        private String label;
        private Thread thread;

        synchronized void want(Collection<String> labels) {
            wanted.clear();
            wanted.addAll(labels);
            if (thread != null && !wanted.contains(label)) {
                thread.interrupt();
            }
        }

        synchronized boolean begin(String next) {
            if (!wanted.contains(next)) {
                return false;
            }
            label = next;
            thread = Thread.currentThread();
            return true;
        }

        /** An interruption that was meant for what ends here is not for what comes next. */
        synchronized void end() {
            if (!wanted.contains(label)) {
                boolean unused = Thread.interrupted();
            }
            thread = null;
        }
    }

    /** Labels of what has been ordered and has not arrived. */
    List<String> ordered() {
        return ordered;
    }

    /** What waits here. */
    List<Loaded> spare() {
        return spare;
    }

    /** Takes a detector of a version out of what waits here; null if there is none. */
    Loaded take(String label) {
        for (Iterator<Loaded> each = spare.iterator(); each.hasNext(); ) {
            Loaded loaded = each.next();
            if (loaded.label().equals(label)) {
                each.remove();
                return loaded;
            }
        }
        return null;
    }

    /** Puts a detector here to wait; null is nothing. */
    void put(Loaded loaded) {
        if (loaded != null) {
            spare.add(loaded);
        }
    }

    /** Closes in the background all that waits here, but for these. */
    void retireAllBut(List<String> needed) {
        List<String> left = new ArrayList<>(needed);
        for (Iterator<Loaded> each = spare.iterator(); each.hasNext(); ) {
            Loaded loaded = each.next();
            if (!left.remove(loaded.label())) {
                each.remove();
                retired.add(loaded);
                background.execute(this::closeRetired);
            }
        }
    }

    private void closeRetired() {
        for (Loaded loaded = retired.poll(); loaded != null; loaded = retired.poll()) {
            loaded.detector().close();
        }
    }

    /** Closes all that is here; the executor must have ended, whether or not it has done all that it was given. */
    void close() {
        closed = true;
        for (Arrival arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
            put(arrival.loaded());
        }
        closeRetired();
        spare.forEach(loaded -> loaded.detector().close());
        spare.clear();
    }
}
