package dev.framewise.gateway.capture;

import dev.framewise.gateway.outbox.EventLog;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.JpegDecoder;
import dev.framewise.vision.image.JpegScale;
import dev.framewise.vision.image.LumaPlane;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;

/**
 * Notices a live camera that goes on sending and shows nothing: the same picture bit by bit (no sensor gives that; an encoder that
 * hangs does), black, or what is no picture at all. Costs a checksum per picture and a small decode every few seconds. One thread at a time; {@link #state} from
 * any.
 */
public final class PictureWatch implements AutoCloseable {
    /** The same picture for this long is frozen. */
    static final Duration FROZEN = Duration.ofSeconds(10);
    /** Time between two looks for black. */
    static final Duration LOOK = Duration.ofSeconds(5);
    /** Brightness of 0 to 255 that the darkest hundredth's opposite stays below: a lens cap, a night without any light. */
    private static final int BLACK_BELOW = 24;

    private static final long BRIGHT_SHARE = 100;

    /** How the pictures are. */
    public enum State {
        GOOD,
        FROZEN,
        BLACK,
        UNREADABLE
    }

    private final String camera;
    private final boolean active;
    private final EventLog events;
    private final LongSupplier nanoTicker;
    private final CRC32C checksum = new CRC32C();
    private final LumaPlane luma = new LumaPlane();
    private JpegDecoder decoder;
    private long lastSum;
    private int lastLength = -1;
    private long changedNanos;
    private long lookedNanos;
    private State shown = State.GOOD;
    private volatile State state = State.GOOD;

    /**
     * A watch that has seen nothing.
     *
     * @param active false for a clip, which may show what it likes
     * @param nanoTicker a monotonic clock such as {@link System#nanoTime()}
     */
    public PictureWatch(String camera, boolean active, EventLog events, LongSupplier nanoTicker) {
        this.camera = camera;
        this.active = active;
        this.events = events;
        this.nanoTicker = nanoTicker;
        this.changedNanos = nanoTicker.getAsLong();
        this.lookedNanos = changedNanos - LOOK.toNanos();
    }

    /** How the pictures are. */
    public State state() {
        return state;
    }

    /** Looks at a picture that is sent. */
    public void see(byte[] jpeg) {
        if (!active) {
            return;
        }
        long now = nanoTicker.getAsLong();
        checksum.reset();
        checksum.update(jpeg);
        if (checksum.getValue() != lastSum || jpeg.length != lastLength) {
            lastSum = checksum.getValue();
            lastLength = jpeg.length;
            changedNanos = now;
        }
        if (now - lookedNanos >= LOOK.toNanos()) {
            lookedNanos = now;
            shown = look(jpeg);
        }
        become(now - changedNanos >= FROZEN.toNanos() ? State.FROZEN : shown);
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
            decoder = null;
        }
    }

    private void become(State next) {
        if (next == state) {
            return;
        }
        state = next;
        switch (next) {
            case FROZEN ->
                events.event(EventLog.Kind.PICTURE_FROZEN, camera, "the same picture for " + FROZEN.toSeconds() + " s");
            case BLACK ->
                events.event(EventLog.Kind.PICTURE_BLACK, camera, "nothing but black; is something before the lens?");
            case UNREADABLE ->
                events.event(
                        EventLog.Kind.PICTURE_UNREADABLE,
                        camera,
                        "what comes is no JPEG that can be read; it is sent as it is. A bad cable, or another stream?");
            case GOOD -> events.event(EventLog.Kind.PICTURE_GOOD, camera, "there is something to see again");
        }
    }

    private State look(byte[] jpeg) {
        if (decoder == null) {
            decoder = new JpegDecoder();
        }
        try {
            decoder.decodeLuma(jpeg, JpegScale.QUARTER, luma);
        } catch (ImageFormatException e) {
            // whoever decodes it for good has the reason
            return State.UNREADABLE;
        }
        ByteBuffer pixels = luma.buffer();
        int count = luma.width() * luma.height();
        long bright = 0;
        for (int i = 0; i < count; i++) {
            if ((pixels.get(i) & 0xff) >= BLACK_BELOW) {
                bright++;
            }
        }
        return bright * BRIGHT_SHARE < count ? State.BLACK : State.GOOD;
    }
}
