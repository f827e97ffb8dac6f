package dev.framewise.gateway.capture;

import dev.framewise.gateway.publish.FramePublisher;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Frame;
import dev.framewise.thermal.ThrottleDecision;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * One camera from its first picture to its last: capture, stamp, choose, encode, publish. Exactly one record per captured
 * picture. Runs on one thread, which owns the source; {@link #stop()} may be called from any.
 */
public final class CaptureLoop {
    private final FrameSource source;
    private final Pacer pacer;
    private final FrameStamper stamper;
    private final Supplier<ThrottleDecision> throttle;
    private final FramePublisher publisher;
    private final CameraCounters counters;
    private final long maxFrames;
    private final Decimator decimator = new Decimator();
    private volatile boolean stopped;

    /**
     * A loop that has not started.
     *
     * @param throttle asked once per picture
     * @param maxFrames pictures to take at most; {@link Long#MAX_VALUE} for all
     */
    public CaptureLoop(
            FrameSource source,
            Pacer pacer,
            FrameStamper stamper,
            Supplier<ThrottleDecision> throttle,
            FramePublisher publisher,
            CameraCounters counters,
            long maxFrames) {
        this.source = source;
        this.pacer = pacer;
        this.stamper = stamper;
        this.throttle = throttle;
        this.publisher = publisher;
        this.counters = counters;
        this.maxFrames = maxFrames;
    }

    /**
     * Takes pictures until the source ends, the limit is reached or {@link #stop()} is called.
     *
     * @throws IOException if the source fails or a picture cannot be encoded
     * @throws dev.framewise.gateway.GatewayException if publishing has failed
     * @throws InterruptedException if the thread is interrupted while it waits for the next picture to be due
     */
    public void run() throws IOException, InterruptedException {
        for (long taken = 0; taken < maxFrames && !stopped; taken++) {
            Picture picture = source.next();
            if (picture == null) {
                return;
            }
            pacer.await();
            Frame frame = stamper.stamp(picture.width(), picture.height());
            Disposition chosen = decimator.next(throttle.get());
            if (chosen == Disposition.SENT) {
                FrameStamper.attach(frame, picture.jpeg());
            } else {
                FrameStamper.withhold(frame, chosen);
            }
            publisher.fit(frame);
            // counted before it goes: an outbox may evict it at once, and takes it out of the count that it is in
            counters.count(
                    frame.getDisposition(),
                    frame.getPayload() == null ? 0 : frame.getPayload().limit());
            publisher.publish(frame);
        }
    }

    /** Ends the loop before its next picture. */
    public void stop() {
        stopped = true;
    }
}
