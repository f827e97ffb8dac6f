package dev.framewise.gateway;

import dev.framewise.gateway.capture.Backoff;
import dev.framewise.gateway.capture.CaptureLoop;
import dev.framewise.gateway.capture.FrameSource;
import dev.framewise.gateway.capture.LoopingSource;
import dev.framewise.gateway.capture.Pacer;
import dev.framewise.gateway.capture.PictureSink;
import dev.framewise.gateway.capture.PictureWatch;
import dev.framewise.gateway.capture.VideoSources;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.outbox.EventLog;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera of a gateway, apart from all others. A live one that ends, fails or hangs is opened again, with growing waits, for ever:
 * one that does not return from its native code within {@link CameraSettings#grabTimeout} is left to itself with all it holds, which
 * it gives back should it ever return, and another thread opens the camera anew. A clip ends, and fails, once.
 *
 * <p>{@link #check} is called now and then by whoever supervises; everything else happens on the camera's own thread.
 */
public final class Camera {
    private static final Logger LOG = LoggerFactory.getLogger(Camera.class);
    /** Pace of a clip that does not say its own, frames per second. */
    private static final double FALLBACK_FPS = 25;
    /** Threads that hang in native code at most. More would not help, and each holds memory. */
    static final int MAX_STUCK = 3;
    /** A thread that has hung for so long hangs for ever. */
    static final Duration HELD = Duration.ofMinutes(10);
    /** A camera that has run so long is well again, nanoseconds. */
    private static final long WELL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long CLOSE_MILLIS = 3_000;

    private final CameraSettings settings;
    private final GatewayParts parts;
    private final CameraCondition condition;
    private final PictureSink handler;
    private final boolean live;
    private final Backoff backoff = new Backoff(new Random());
    private final EndSignal end = new EndSignal();
    private FrameSource first;
    private volatile Attempt current;
    private volatile boolean closed;
    private final Set<Attempt> stuck = new HashSet<>();
    private long reopened;

    /**
     * Opens a clip; a live camera is opened by its own thread, when it is there.
     *
     * @param handlers makes what takes the pictures, given the rate of a clip
     */
    public Camera(
            CameraSettings settings,
            GatewayParts parts,
            EventLog events,
            PictureWatch watch,
            DoubleFunction<? extends PictureSink> handlers) {
        this.settings = settings;
        this.parts = parts;
        this.live = VideoSources.isLive(settings.source());
        this.condition = new CameraCondition(settings, live, events, watch, parts.nanoTicker());
        if (!live) {
            try {
                first = open();
            } catch (IOException e) {
                throw new GatewayException(
                        "camera " + settings.name() + ": " + settings.source() + " cannot be opened (" + e.getMessage()
                                + "); is it there, and may this user read it?",
                        e);
            }
        }
        double fps = first != null && first.framesPerSecond() > 0 ? first.framesPerSecond() : FALLBACK_FPS;
        this.handler = handlers.apply(fps);
    }

    String name() {
        return settings.name();
    }

    boolean isLive() {
        return live;
    }

    /** Whether it gives pictures that show something, or is a clip. */
    boolean isWell() {
        return condition.isWell();
    }

    /** For people. */
    String state() {
        return condition.toString();
    }

    /** Since a live camera last gave a picture, nanoseconds. */
    long silentNanos() {
        return condition.silentNanos();
    }

    /** Threads that hang in native code. */
    synchronized int stuck() {
        return stuck.size();
    }

    /**
     * Whether only a new process can help: as many threads hang as may, or one has for so long that it will not come back, and holds a
     * device that nobody else can open meanwhile.
     */
    synchronized boolean isBeyondHelp() {
        long now = parts.nanoTicker().getAsLong();
        return stuck.size() >= MAX_STUCK
                || stuck.stream().anyMatch(attempt -> now - attempt.leftNanos >= HELD.toNanos());
    }

    /** How often it was opened again. */
    synchronized long reopened() {
        return reopened;
    }

    /** Begins on a thread of its own. */
    public synchronized void start() {
        begin();
    }

    /** Leaves a grab to itself that has not returned in time, and opens the camera anew. */
    public synchronized void check() {
        Attempt attempt = current;
        long silent = parts.nanoTicker().getAsLong() - attempt.aliveNanos;
        if (closed || !live || silent < settings.grabTimeout().toNanos()) {
            return;
        }
        if (attempt.isIn() && stuck.size() < MAX_STUCK) {
            giveUp(attempt, "no answer for " + TimeUnit.NANOSECONDS.toSeconds(silent) + " s");
        }
    }

    /** Opens the camera anew, whatever it does. */
    synchronized void restart(String why) {
        if (!closed && live && stuck.size() < MAX_STUCK) {
            giveUp(current, why);
        }
    }

    private void giveUp(Attempt attempt, String why) {
        stuck.add(attempt);
        attempt.leftNanos = parts.nanoTicker().getAsLong();
        condition.hangs(why);
        attempt.leave();
        begin();
    }

    private void begin() {
        current = new Attempt();
        current.thread.start();
    }

    /** Runs the action when the camera has ended, at once where it has. */
    public void onEnd(Runnable action) {
        end.onEnd(action);
    }

    /** Whether it will give no more pictures. */
    public boolean hasEnded() {
        return end.hasEnded();
    }

    /** Ends the camera; its source is given back as soon as its thread is out of it. */
    public void close() throws InterruptedException {
        Attempt attempt;
        synchronized (this) {
            closed = true;
            attempt = current;
        }
        if (attempt == null) {
            if (first != null) {
                first.close();
            }
            return;
        }
        attempt.leave();
        attempt.thread.join(CLOSE_MILLIS);
        end.end();
    }

    /** Why the camera ended before its source did; null if it did not. */
    public GatewayException failure() {
        return condition.failure();
    }

    private FrameSource open() throws IOException {
        return settings.loop()
                ? new LoopingSource(parts.sources(), settings)
                : parts.sources().open(settings);
    }

    /** One thread that opens the camera and runs it, again and again, until it is left. */
    private final class Attempt implements CaptureLoop.Gate {
        private final Thread thread = new Thread(this::run, "camera-" + name());
        private volatile long aliveNanos = parts.nanoTicker().getAsLong();
        private volatile boolean left;
        private long leftNanos;
        private volatile boolean inNative;
        private volatile CaptureLoop loop;

        Attempt() {
            // one that hangs must not keep the process from ending
            thread.setDaemon(true);
        }

        boolean isIn() {
            return inNative;
        }

        void leave() {
            left = true;
            CaptureLoop running = loop;
            if (running != null) {
                running.stop();
            }
            thread.interrupt();
        }

        @Override
        public void pass(Runnable action) {
            synchronized (handler) {
                if (left) {
                    return;
                }
                alive();
                condition.picture(aliveNanos);
                action.run();
            }
        }

        private void alive() {
            aliveNanos = parts.nanoTicker().getAsLong();
        }

        private void run() {
            try {
                while (!left && !closed && once()) {
                    reopen();
                }
            } catch (InterruptedException e) {
                LOG.debug("camera {} was left", name(), e);
            } catch (GatewayException e) {
                condition.failed(e);
                LOG.error("camera {} has failed", name(), e);
            } finally {
                finish();
            }
        }

        /** Runs the source once; whether there is another time. */
        private boolean once() throws InterruptedException {
            long begun = parts.nanoTicker().getAsLong();
            String why;
            try {
                capture();
                if (!live || handler.isDone()) {
                    return false;
                }
                why = "it has ended";
            } catch (IOException | RuntimeException e) {
                if (e instanceof GatewayException known) {
                    throw known;
                }
                if (e instanceof org.apache.kafka.common.errors.InterruptException) {
                    throw new InterruptedException();
                }
                if (!live) {
                    throw new GatewayException("camera " + name() + ": " + e.getMessage(), e);
                }
                why = String.valueOf(e.getMessage());
            }
            if (left) {
                return false;
            }
            condition.lost(why);
            if (parts.nanoTicker().getAsLong() - begun > WELL_NANOS) {
                backoff.reset();
            }
            return true;
        }

        private void capture() throws IOException, InterruptedException {
            inNative = true;
            alive();
            // an opener that fails is out again, too: while the camera waits to be tried anew, nothing hangs
            try (FrameSource source = first != null ? first : open()) {
                first = null;
                double fps = source.framesPerSecond() > 0 ? source.framesPerSecond() : FALLBACK_FPS;
                condition.gives(source.given());
                boolean paced = settings.pace() == CameraSettings.Pace.SOURCE && !source.isLive();
                Pacer pacer = paced ? Pacer.at(fps, parts.nanoTicker(), parts.sleeper()) : Pacer.none();
                loop = new CaptureLoop(source, pacer, handler, parts.nanoTicker(), this);
                if (!left) {
                    loop.run();
                }
            } finally {
                inNative = false;
            }
        }

        private void reopen() throws InterruptedException {
            parts.sleeper().sleep(backoff.next());
            synchronized (Camera.this) {
                reopened++;
            }
        }

        private void finish() {
            synchronized (Camera.this) {
                if (current != this) {
                    stuck.remove(this);
                    LOG.info("camera {}: a grab that hung has returned", name());
                    return;
                }
            }
            LOG.info("camera {} has ended", name());
            synchronized (handler) {
                handler.close();
            }
            end.end();
        }
    }
}
