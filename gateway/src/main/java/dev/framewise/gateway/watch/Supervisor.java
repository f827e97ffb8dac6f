package dev.framewise.gateway.watch;

import dev.framewise.gateway.outbox.EventLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Restarts what does not work, the smallest part first: a camera's capture, then the sender, then the process. Each step needs that
 * the one before has not helped, is taken after a wait that doubles, and has a budget; each is written down with its reason. Time is
 * the caller's; called by one thread.
 */
public final class Supervisor {
    /** A live camera without a picture for this long is opened anew, although it does not hang: it gives nothing. */
    public static final Duration CAMERA_SILENT = Duration.ofSeconds(60);
    /** Kafka away for this long: perhaps it is the sender. */
    public static final Duration SENDER_SILENT = Duration.ofMinutes(2);
    /** An outbox whose thread has not gone round for this long is no outbox. */
    public static final Duration OUTBOX_SILENT = Duration.ofMinutes(2);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

    /** What can be restarted and how it is. */
    public interface Parts {
        /** The live cameras. */
        List<CameraHealth> cameras();

        void restartCamera(String name, String why);

        /** Nanoseconds for which Kafka could not be reached; 0 while it can. */
        long senderSilentNanos();

        void restartSender(String why);

        /** Nanoseconds since the outbox's thread last went round. */
        long outboxSilentNanos();

        /** Ends the process, so that systemd starts it again. */
        void endProcess(String why);
    }

    /**
     * How a live camera is.
     *
     * @param name of the camera
     * @param silentNanos since its last picture
     * @param beyondHelp whether threads that hang in native code keep it from ever being opened again
     */
    public record CameraHealth(String name, long silentNanos, boolean beyondHelp) {}

    private final Parts parts;
    private final EventLog events;
    private final RestartBudget process = new RestartBudget(1, Duration.ofHours(1));
    private final Map<String, Long> notBefore = new HashMap<>();
    private final Map<String, Long> waits = new HashMap<>();

    public Supervisor(Parts parts, EventLog events) {
        this.parts = parts;
        this.events = events;
    }

    /** Looks once, and takes at most one step for each part. */
    public void check(long nowNanos) {
        Optional<String> hopeless = Optional.empty();
        for (CameraHealth camera : parts.cameras()) {
            String part = "camera " + camera.name();
            if (camera.silentNanos() < CAMERA_SILENT.toNanos()) {
                works(part);
            } else if (camera.beyondHelp()) {
                hopeless = Optional.of(part + " hangs in native code and cannot be opened anew");
            } else if (mayRestart(part, nowNanos)) {
                restart(
                        part,
                        "no picture for " + seconds(camera.silentNanos()),
                        why -> parts.restartCamera(camera.name(), why));
            }
        }
        if (parts.senderSilentNanos() < SENDER_SILENT.toNanos()) {
            works("sender");
        } else if (mayRestart("sender", nowNanos)) {
            restart("sender", "Kafka away for " + seconds(parts.senderSilentNanos()), parts::restartSender);
        }
        if (parts.outboxSilentNanos() >= OUTBOX_SILENT.toNanos()) {
            hopeless = Optional.of("the outbox's thread has stood still for " + seconds(parts.outboxSilentNanos()));
        }
        if (hopeless.isPresent() && process.spend(nowNanos)) {
            events.event(EventLog.Kind.RESTARTED, /* camera= */ null, "the process: " + hopeless.get());
            parts.endProcess(hopeless.get());
        }
    }

    private interface Step {
        void take(String why);
    }

    private void restart(String part, String why, Step step) {
        events.event(EventLog.Kind.RESTARTED, /* camera= */ null, part + ": " + why);
        step.take(why);
    }

    /** Whether the wait since the part's last restart is over; the next is twice as long. */
    private boolean mayRestart(String part, long nowNanos) {
        Long earliest = notBefore.get(part);
        if (earliest != null && nowNanos - earliest < 0) {
            return false;
        }
        long wait = waits.getOrDefault(part, CAMERA_SILENT.toNanos());
        notBefore.put(part, nowNanos + wait);
        waits.put(part, Math.min(2 * wait, LONGEST_WAIT.toNanos()));
        return true;
    }

    private void works(String part) {
        notBefore.remove(part);
        waits.remove(part);
    }

    private static String seconds(long nanos) {
        return Duration.ofNanos(nanos).toSeconds() + " s";
    }
}
