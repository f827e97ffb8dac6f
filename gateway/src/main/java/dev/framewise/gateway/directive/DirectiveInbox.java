package dev.framewise.gateway.directive;

import dev.framewise.gateway.capture.SteadyWallClock;
import dev.framewise.schemas.Directive;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sorts what arrives on the directives topic: only a readable, sane, unexpired directive for this device reaches the
 * throttle; everything else is counted and changes nothing. One thread delivers, any may read the counts.
 */
public final class DirectiveInbox {
    private static final Logger LOG = LoggerFactory.getLogger(DirectiveInbox.class);

    private final String device;
    private final DeviceThrottle throttle;
    private final Clock clock;
    private final RecordCodec<Directive> codec = new RecordCodec<>(Directive.class);
    private final AtomicLong applied = new AtomicLong();
    private final AtomicLong withdrawn = new AtomicLong();
    private final AtomicLong forOthers = new AtomicLong();
    private final AtomicLong expired = new AtomicLong();
    private final AtomicLong outdated = new AtomicLong();
    private final AtomicLong malformed = new AtomicLong();

    public DirectiveInbox(String device, DeviceThrottle throttle, Clock clock) {
        this.device = device;
        this.throttle = throttle;
        this.clock = clock;
    }

    /**
     * Takes one record.
     *
     * @param key the device it is for; may be null
     * @param value the encoded directive; null withdraws
     * @param where topic, partition and offset, for the log
     */
    public void deliver(String key, byte[] value, String where) {
        if (!device.equals(key)) {
            forOthers.incrementAndGet();
            return;
        }
        if (value == null) {
            withdrawn.incrementAndGet();
            throttle.withdraw();
            return;
        }
        Directive directive;
        try {
            directive = codec.decode(value);
        } catch (RecordFormatException e) {
            malformed.incrementAndGet();
            LOG.warn("{}: ignored, unreadable: {}", where, e.getMessage());
            return;
        }
        String problem = problemOf(directive);
        if (problem != null) {
            malformed.incrementAndGet();
            LOG.warn("{}: ignored: {}", where, problem);
        } else if (directive.getValidUntilMicros() < SteadyWallClock.micros(clock.instant())) {
            expired.incrementAndGet();
        } else if (throttle.obey(directive)) {
            applied.incrementAndGet();
        } else {
            outdated.incrementAndGet();
        }
    }

    /** The counts now. */
    public DirectiveStats snapshot() {
        return new DirectiveStats(
                applied.get(), withdrawn.get(), forOthers.get(), expired.get(), outdated.get(), malformed.get());
    }

    private String problemOf(Directive directive) {
        if (!device.equals(directive.getDevice())) {
            return "keyed " + device + " but for " + directive.getDevice();
        }
        if (directive.getIssuedAtMicros() < 0 || directive.getValidUntilMicros() < directive.getIssuedAtMicros()) {
            return "validUntilMicros = " + directive.getValidUntilMicros() + " must not be before issuedAtMicros = "
                    + directive.getIssuedAtMicros();
        }
        double factor = directive.getFrameRateFactor();
        if (!(factor >= 0 && factor <= 1)) {
            return "frameRateFactor = " + factor + " must be 0 to 1";
        }
        if (directive.getDetectorInterval() < 1) {
            return "detectorInterval = " + directive.getDetectorInterval() + " must be at least 1";
        }
        return PictureOrder.of(directive).problem();
    }
}
