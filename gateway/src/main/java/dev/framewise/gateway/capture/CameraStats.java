package dev.framewise.gateway.capture;

/**
 * What became of the pictures of one camera so far. Once the camera has ended, {@code captured = sent + skipped + throttled +
 * evicted}.
 *
 * @param captured pictures taken, each with a sequence number
 * @param sent with a payload
 * @param skipped by the detector interval
 * @param throttled by the frame rate
 * @param evicted because they were larger than a record may be, or from a full outbox, where they leave the count they were in
 * @param bytesSent bytes of all payloads
 */
public record CameraStats(long captured, long sent, long skipped, long throttled, long evicted, long bytesSent) {

    /** Nothing yet. */
    public static final CameraStats NONE = new CameraStats(0, 0, 0, 0, 0, 0);

    /** Pictures the board handles: all but the throttled ones. */
    public long admitted() {
        return captured - throttled;
    }

    /** What has been added since. */
    public CameraStats minus(CameraStats before) {
        return new CameraStats(
                captured - before.captured,
                sent - before.sent,
                skipped - before.skipped,
                throttled - before.throttled,
                evicted - before.evicted,
                bytesSent - before.bytesSent);
    }

    /** Both together. */
    public CameraStats plus(CameraStats other) {
        return new CameraStats(
                captured + other.captured,
                sent + other.sent,
                skipped + other.skipped,
                throttled + other.throttled,
                evicted + other.evicted,
                bytesSent + other.bytesSent);
    }
}
