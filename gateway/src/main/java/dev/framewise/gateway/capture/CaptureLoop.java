package dev.framewise.gateway.capture;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Takes pictures from one open source and hands them on, <em>the newest first of all</em>: where handling one took longer than the
 * camera's interval, those that piled up meanwhile are thrown away, so that latency never accumulates; where a source does that by
 * itself, it is only counted here. Runs on one thread, which owns the source; {@link #stop()} may be called from any.
 */
public final class CaptureLoop {
    /** A picture that is there so soon was waiting. */
    private static final long AT_ONCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final double FALLBACK_FPS = 30;

    private final FrameSource source;
    private final Pacer pacer;
    private final PictureSink handler;
    private final LongSupplier nanoTicker;
    private final Gate gate;
    private volatile boolean stopped;

    /** Asked about every picture; lets a loop that was given up hand on no more. */
    public interface Gate {
        /** Lets everything through. */
        Gate OPEN = action -> action.run();

        /** Runs the action if the loop is still the camera's own, and notes that it lives. */
        void pass(Runnable action);
    }

    /**
     * A loop that has not started.
     *
     * @param nanoTicker a monotonic clock such as {@link System#nanoTime()}
     */
    public CaptureLoop(FrameSource source, Pacer pacer, PictureSink handler, LongSupplier nanoTicker, Gate gate) {
        this.source = source;
        this.pacer = pacer;
        this.handler = handler;
        this.nanoTicker = nanoTicker;
        this.gate = gate;
    }

    /**
     * Takes pictures until the source ends, the limit is reached or {@link #stop()} is called.
     *
     * @throws IOException if the source fails
     * @throws dev.framewise.gateway.GatewayException if publishing has failed
     * @throws InterruptedException if the thread is interrupted while it waits for the next picture to be due
     */
    public void run() throws IOException, InterruptedException {
        double fps = source.framesPerSecond() > 0 ? source.framesPerSecond() : FALLBACK_FPS;
        double intervalNanos = 1e9 / fps;
        long piledUp = 0;
        while (!handler.isDone() && !stopped) {
            long asked = nanoTicker.getAsLong();
            Picture picture = source.next();
            if (picture == null) {
                return;
            }
            pacer.await();
            long got = nanoTicker.getAsLong();
            if (piledUp > 0 && got - asked < AT_ONCE_NANOS) {
                piledUp--;
                gate.pass(handler::overrun);
                continue;
            }
            for (long missed = source.takeMissed(); missed > 0; missed--) {
                handler.overrun();
            }
            gate.pass(() -> handler.handle(picture));
            piledUp = source.isLive() && !source.keepsNewestOnly()
                    ? (long) ((nanoTicker.getAsLong() - got) / intervalNanos)
                    : 0;
        }
    }

    /** Ends the loop before its next picture. */
    public void stop() {
        stopped = true;
    }
}
