package dev.framewise.gateway;

import dev.framewise.gateway.capture.PictureFormat;
import dev.framewise.gateway.capture.PictureWatch;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.outbox.EventLog;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a camera stands, and what the device's log is told when that changes. The camera's threads and its supervisor say what happens;
 * anybody may ask.
 */
final class CameraCondition {
    private static final Logger LOG = LoggerFactory.getLogger(CameraCondition.class);

    private final CameraSettings settings;
    private final boolean live;
    private final EventLog events;
    private final PictureWatch watch;
    private final LongSupplier nanoTicker;
    private volatile GatewayException failure;
    private volatile boolean lost;
    private volatile String given = "";
    private volatile long pictureNanos;

    CameraCondition(
            CameraSettings settings, boolean live, EventLog events, PictureWatch watch, LongSupplier nanoTicker) {
        this.settings = settings;
        this.live = live;
        this.events = events;
        this.watch = watch;
        this.nanoTicker = nanoTicker;
        this.pictureNanos = nanoTicker.getAsLong();
    }

    /** Whether it gives pictures that show something, or is a clip. */
    boolean isWell() {
        return !lost && failure == null && watch.state() == PictureWatch.State.GOOD;
    }

    /** For people. */
    @Override
    public String toString() {
        if (failure != null) {
            return "failed";
        }
        return lost ? "lost" : watch.state().name().toLowerCase(Locale.ROOT) + (given.isEmpty() ? "" : ", " + given);
    }

    /** Since a live camera last gave a picture, nanoseconds. */
    long silentNanos() {
        return nanoTicker.getAsLong() - pictureNanos;
    }

    /** Why the camera ended before its source did; null if it did not. */
    GatewayException failure() {
        return failure;
    }

    /** It has given a picture. */
    void picture(long nanos) {
        pictureNanos = nanos;
        if (lost) {
            lost = false;
            events.event(EventLog.Kind.CAMERA_BACK, settings.name(), settings.shownSource() + ": " + given);
        }
    }

    /** It gives none; told once. */
    void lost(String why) {
        if (!lost) {
            lost = true;
            events.event(EventLog.Kind.CAMERA_LOST, settings.name(), settings.hideSecrets(why));
        }
    }

    /** It does not answer, or is to be opened anew for another reason. */
    void hangs(String why) {
        lost = true;
        events.event(
                EventLog.Kind.CAMERA_HANGS, settings.name(), settings.shownSource() + ": " + why + "; opening it anew");
    }

    /** It has ended before its source did. */
    void failed(GatewayException why) {
        failure = why;
    }

    /** What a live camera really gives, when it is new; a wish that it does not fulfil is told. */
    void gives(Optional<PictureFormat> format) {
        String now = format.map(PictureFormat::toString).orElse("");
        boolean isNews = !now.equals(given);
        given = now;
        if (!live || !isNews || format.isEmpty()) {
            return;
        }
        if (format.get().fulfils(settings.wish())) {
            LOG.info("camera {} gives {}", settings.name(), now);
            events.note(EventLog.Kind.CAMERA_GIVES, settings.name(), now);
        } else {
            events.event(
                    EventLog.Kind.CAMERA_GIVES, settings.name(), now + ", where " + settings.wish() + " was asked for");
        }
    }
}
