package dev.framewise.gateway.check;

import dev.framewise.gateway.board.BoardCommand;
import dev.framewise.gateway.capture.SteadyWallClock;
import dev.framewise.gateway.outbox.BootEpochs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Whether the clock can be right: not before this software, not before the gateway's last run, and kept by somebody. */
final class ClockCheck {
    private static final String PART = "clock";
    /** This software was not there before. */
    private static final Instant OLDEST = Instant.parse("2025-01-01T00:00:00Z");

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String ADVICE =
            "set it and keep it by NTP (timedatectl set-ntp true): capture times are taken from it";

    private final Clock clock;
    private final BoardCommand timedatectl;

    /** @param timedatectl systemd's command; may be missing */
    ClockCheck(Clock clock, Path timedatectl) {
        this.clock = clock;
        this.timedatectl = new BoardCommand(timedatectl, TIMEOUT);
    }

    static ClockCheck ofThisMachine(Clock clock) {
        return new ClockCheck(clock, Path.of("/usr/bin/timedatectl"));
    }

    Finding check(Optional<Path> stateDirectory) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (now.isBefore(OLDEST)) {
            return Finding.failed(PART, "it says " + now, ADVICE);
        }
        long lastMicros = stateDirectory.map(BootEpochs::lastOf).orElse(0L);
        if (SteadyWallClock.micros(now) < lastMicros) {
            return Finding.note(
                    PART,
                    "it says " + now + ", but the gateway last began at "
                            + Instant.EPOCH.plus(lastMicros, ChronoUnit.MICROS),
                    ADVICE);
        }
        String kept = kept();
        return switch (kept) {
            case "yes" -> Finding.ok(PART, now + ", kept by NTP");
            case "no" -> Finding.note(PART, now + ", kept by nobody", ADVICE);
            default -> Finding.note(PART, now + "; whether NTP keeps it is unknown (no timedatectl here)", ADVICE);
        };
    }

    /** What systemd says: yes, no, or nothing. */
    private String kept() {
        try {
            return timedatectl
                    .output("show", "-p", "NTPSynchronized", "--value")
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }
}
