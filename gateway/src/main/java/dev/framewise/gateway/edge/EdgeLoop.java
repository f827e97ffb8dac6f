package dev.framewise.gateway.edge;

import dev.framewise.gateway.GatewayException;
import dev.framewise.gateway.capture.CaptureClock;
import dev.framewise.gateway.capture.Picture;
import dev.framewise.gateway.capture.PictureSink;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.JpegHeader;
import dev.framewise.vision.track.Cadence;
import dev.framewise.vision.track.HalfPictures;
import dev.framewise.vision.track.JpegPixels;
import dev.framewise.vision.track.PixelSource;
import dev.framewise.vision.track.TrackedFrame;
import dev.framewise.vision.track.Tracker;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One frame's way on the device: whether the detector looks, what it finds, what the tracker makes of it, who is shown it. A picture
 * that cannot be read is counted, and tracks go over it by their motion.
 *
 * <p>One thread at a time: the camera's. {@link #close} gives back detector and watchers.
 */
final class EdgeLoop implements PictureSink {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeLoop.class);

    private final Detector detector;
    private final Tracker tracker;
    private final Cadence cadence;
    private final CaptureClock clock;
    private final LongSupplier nanoTicker;
    private final List<FrameWatcher> watchers;
    private final long maxFrames;
    private final EdgeStats stats = new EdgeStats();
    private final EdgeFrame frame = new EdgeFrame();
    private final TrackedFrame tracked = new TrackedFrame();
    private final Detections found = new Detections();
    private final FrameTimings timings = new FrameTimings();
    private final JpegPixels skippedPixels = new JpegPixels(JpegHeader.DEFAULT_MAX_PIXELS);
    private final HalfPictures halves = new HalfPictures();
    private long sequence;
    private boolean closed;

    /**
     * @param clock dates the pictures
     * @param nanoTicker a monotonic clock such as {@link System#nanoTime()}
     * @param maxFrames frames to take at most
     */
    EdgeLoop(
            Detector detector,
            Tracker tracker,
            Cadence cadence,
            CaptureClock clock,
            LongSupplier nanoTicker,
            List<FrameWatcher> watchers,
            long maxFrames) {
        this.detector = detector;
        this.tracker = tracker;
        this.cadence = cadence;
        this.clock = clock;
        this.nanoTicker = nanoTicker;
        this.watchers = List.copyOf(watchers);
        this.maxFrames = maxFrames;
    }

    /** The figures so far; from any thread. */
    EdgeStats stats() {
        return stats;
    }

    @Override
    public boolean isDone() {
        return sequence >= maxFrames;
    }

    @Override
    public void overrun() {
        // a frame that nobody saw has no number here: there is no reader who could miss it
    }

    @Override
    public void handle(Picture picture) {
        long begun = nanoTicker.getAsLong();
        try {
            step(picture);
            frame.latencyNanos = nanoTicker.getAsLong() - begun;
            stats.add(frame, nanoTicker.getAsLong());
            for (FrameWatcher watcher : watchers) {
                watcher.see(frame);
            }
        } catch (IOException e) {
            throw new GatewayException("frame " + frame.sequence + ": " + e.getMessage(), e);
        }
    }

    private void step(Picture picture) throws IOException {
        frame.sequence = sequence++;
        frame.capturedAtMicros = clock.capturedAtMicros(frame.sequence);
        frame.jpeg = picture.jpeg();
        frame.width = picture.width();
        frame.height = picture.height();
        frame.readable = true;
        frame.decision = cadence.next(at(/* pixels= */ null), tracker.signals());
        if (!frame.decision.looks()) {
            tracker.coast(at(skippedPixels.of(frame.jpeg, /* newColourScale= */ null)), frame.tracks);
        } else if (detect()) {
            // what the detector has decoded, the tracker need not decode again
            tracker.update(
                    at(into -> {
                        halves.copy(detector.lastDecoded(), into);
                        return true;
                    }),
                    found,
                    frame.tracks);
        } else {
            frame.readable = false;
            tracker.coast(at(/* pixels= */ null), frame.tracks);
        }
    }

    private boolean detect() {
        try {
            detector.load(/* slot= */ 0, frame.jpeg, timings);
        } catch (ImageFormatException e) {
            return false;
        }
        detector.run(/* count= */ 1);
        detector.detections(/* slot= */ 0, found, timings);
        return true;
    }

    private TrackedFrame at(PixelSource pixels) {
        return tracked.set(frame.sequence, frame.capturedAtMicros, pixels);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        frame.tracks.clear();
        tracker.close(frame.tracks);
        for (FrameWatcher watcher : watchers) {
            watcher.end(frame);
            try {
                watcher.close();
            } catch (IOException e) {
                LOG.warn("what showed the frames was not closed cleanly", e);
            }
        }
        detector.close();
        skippedPixels.close();
        halves.close();
    }
}
