package dev.framewise.gateway.check;

import dev.framewise.gateway.capture.SteadyWallClock;
import dev.framewise.gateway.outbox.BootEpochs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Whether the clock can be right: not before this software, not before the gateway's last run, and kept by somebody. */
final class ClockCheck {
    private static final String PART = "clock";
    /** This software was not there before. */
    private static final Instant OLDEST = Instant.parse("2025-01-01T00:00:00Z");

    private static final long TIMEOUT_SECONDS = 5;
    private static final String ADVICE =
            "set it and keep it by NTP (timedatectl set-ntp true): capture times are taken from it";

    private final Clock clock;
    private final Path timedatectl;

    /** @param timedatectl systemd's command; may be missing */
    ClockCheck(Clock clock, Path timedatectl) {
        this.clock = clock;
        this.timedatectl = timedatectl;
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
        Process process;
        try {
            process = new ProcessBuilder(timedatectl.toString(), "show", "-p", "NTPSynchronized", "--value")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return "";
        }
        try (InputStream out = process.getInputStream()) {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                return "";
            }
            return new String(out.readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } finally {
            process.destroyForcibly();
        }
    }
}
