package dev.framewise.gateway;

/** Something that ends, and what is to be done then. Thread-safe. */
final class EndSignal {
    private Runnable action = () -> {};
    private boolean ended;

    /** Runs the action at the end, at once where that has been. */
    void onEnd(Runnable newAction) {
        boolean now;
        synchronized (this) {
            now = ended;
            action = newAction;
        }
        if (now) {
            newAction.run();
        }
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    void end() {
        Runnable due;
        synchronized (this) {
            ended = true;
            due = action;
        }
        due.run();
    }
}
