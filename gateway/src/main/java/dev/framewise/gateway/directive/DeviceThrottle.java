package dev.framewise.gateway.directive;

import dev.framewise.gateway.capture.SteadyWallClock;
import dev.framewise.schemas.Directive;
import dev.framewise.thermal.DirectivePolicy;
import dev.framewise.thermal.TemperatureReading;
import dev.framewise.thermal.ThrottleDecision;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The throttle in force on this board: the newest directive while it is valid, else the local law on the board's own last
 * reading, asked again every check interval. Nothing has to run for a directive to expire or a reading to grow stale: both
 * show when the throttle is next asked. A directive is obeyed until its last moment by the wall clock, and never longer than its whole
 * life after it was heard: a board that woke up in 1970, or whose clock was set back an hour, must not obey an old one for years.
 * Thread-safe.
 */
public final class DeviceThrottle {
    private final DirectivePolicy localPolicy;
    private final Clock clock;
    private final LongSupplier nanoTicker;
    private final long checkMicros;
    private TemperatureReading lastReading;
    private ThrottleDecision directed;
    private PictureOrder directedOrder = PictureOrder.NONE;
    private long directedUntilMicros;
    private long heardNanos;
    private long lifeNanos;
    private long newestIssuedMicros = Long.MIN_VALUE;
    private ThrottleDecision inForce;
    private long locallyDecidedMicros;
    private boolean local;

    /**
     * A throttle that has heard nothing.
     *
     * @param clock the gateway's wall clock, against which directives expire
     * @param nanoTicker a monotonic clock such as {@link System#nanoTime()}
     */
    public DeviceThrottle(DirectivePolicy localPolicy, Clock clock, LongSupplier nanoTicker) {
        this.localPolicy = localPolicy;
        this.clock = clock;
        this.nanoTicker = nanoTicker;
        this.checkMicros = TimeUnit.NANOSECONDS.toMicros(
                localPolicy.options().checkInterval().toNanos());
    }

    /** Tells the local law what the thermometer says. */
    public synchronized void read(TemperatureReading reading) {
        lastReading = reading;
    }

    /**
     * Puts a directive in force that is valid, well-formed and for this device.
     *
     * @return false if a newer one is in force
     */
    public synchronized boolean obey(Directive newer) {
        // one that is over binds nobody: its sender's clock may have been years ahead
        if (valid(SteadyWallClock.micros(clock.instant())) && newer.getIssuedAtMicros() < newestIssuedMicros) {
            return false;
        }
        newestIssuedMicros = newer.getIssuedAtMicros();
        directedUntilMicros = newer.getValidUntilMicros();
        heardNanos = nanoTicker.getAsLong();
        lifeNanos = TimeUnit.MICROSECONDS.toNanos(newer.getValidUntilMicros() - newer.getIssuedAtMicros());
        directed = new ThrottleDecision(newer.getFrameRateFactor(), newer.getDetectorInterval(), newer.getReason());
        directedOrder = PictureOrder.of(newer);
        return true;
    }

    /** Forgets the directive in force: it was withdrawn. */
    public synchronized void withdraw() {
        directed = null;
    }

    /** What the board may do now. */
    public synchronized ThrottleDecision current() {
        long nowMicros = SteadyWallClock.micros(clock.instant());
        if (valid(nowMicros)) {
            local = false;
            inForce = directed;
            return inForce;
        }
        long sinceDecided = nowMicros - locallyDecidedMicros;
        if (!local || sinceDecided >= checkMicros || sinceDecided < 0) {
            // what was in force bounds the local law while the thermometer is blind
            inForce = localPolicy.decide(inForce, lastReading, nowMicros);
            locallyDecidedMicros = nowMicros;
            local = true;
        }
        return inForce;
    }

    /** What is wanted of the pictures now; the local law wants nothing of them. */
    public synchronized PictureOrder pictures() {
        return valid(SteadyWallClock.micros(clock.instant())) ? directedOrder : PictureOrder.NONE;
    }

    /** When the directive in force was issued, microseconds since 1970; null while the local law rules. */
    public synchronized Long appliedDirectiveMicros() {
        return valid(SteadyWallClock.micros(clock.instant())) ? newestIssuedMicros : null;
    }

    private boolean valid(long nowMicros) {
        return directed != null && nowMicros <= directedUntilMicros && nanoTicker.getAsLong() - heardNanos <= lifeNanos;
    }
}
