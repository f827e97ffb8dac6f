package dev.framewise.gateway;

import dev.framewise.gateway.capture.CameraCounters;
import dev.framewise.gateway.capture.CaptureClock;
import dev.framewise.gateway.capture.CaptureLoop;
import dev.framewise.gateway.capture.FrameSource;
import dev.framewise.gateway.capture.FrameStamper;
import dev.framewise.gateway.capture.LoopingSource;
import dev.framewise.gateway.capture.Pacer;
import dev.framewise.gateway.capture.SteadyWallClock;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.gateway.outbox.EpochJournal;
import dev.framewise.gateway.publish.FramePublisher;
import dev.framewise.thermal.ThrottleDecision;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One camera of a gateway: its open source, its loop and the thread that runs it. */
final class Camera {
    private static final Logger LOG = LoggerFactory.getLogger(Camera.class);
    /** Pace of a clip that does not say its own, frames per second. */
    private static final double FALLBACK_FPS = 25;

    private final String name;
    private final FrameSource source;
    private final CaptureLoop loop;
    private final Thread thread;
    private volatile GatewayException failure;

    /** Opens the source; {@link #start()} takes the first picture. */
    Camera(
            GatewayConfig config,
            CameraSettings settings,
            EpochJournal journal,
            GatewayParts parts,
            Supplier<ThrottleDecision> throttle,
            FramePublisher publisher,
            CameraCounters counters) {
        name = settings.name();
        source = open(settings, parts);
        double fps = source.framesPerSecond() > 0 ? source.framesPerSecond() : FALLBACK_FPS;
        boolean paced = settings.pace() == CameraSettings.Pace.SOURCE && !source.isLive();
        Pacer pacer = paced ? Pacer.at(fps, parts.nanoTicker(), parts.sleeper()) : Pacer.none();
        CaptureClock clock = config.captureClock() == GatewayConfig.CaptureClock.CLIP
                ? CaptureClock.clip(journal.bootEpoch(), fps)
                : new SteadyWallClock(parts.wallClock(), parts.nanoTicker());
        FrameStamper stamper = new FrameStamper(config.device(), clock, journal);
        loop = new CaptureLoop(source, pacer, stamper, throttle, publisher, counters, settings.maxFrames());
        thread = new Thread(this::run, "camera-" + name);
    }

    private static FrameSource open(CameraSettings settings, GatewayParts parts) {
        try {
            return settings.loop()
                    ? new LoopingSource(parts.sources(), settings.source(), settings.jpegQuality())
                    : parts.sources().open(settings.source(), settings.jpegQuality());
        } catch (IOException e) {
            throw new GatewayException(
                    "camera " + settings.name() + ": " + settings.source() + " cannot be opened (" + e.getMessage()
                            + "); is it there, and may this user read it?",
                    e);
        }
    }

    void start() {
        thread.start();
    }

    /** Waits until the camera has ended. */
    void join() throws InterruptedException {
        thread.join();
    }

    /** Ends the camera and gives its source back; a picture under way is finished or lost. */
    void close() throws InterruptedException {
        loop.stop();
        if (thread.getState() == Thread.State.NEW) {
            source.close();
            return;
        }
        thread.interrupt();
        thread.join();
    }

    /** Why the camera ended before its source did; null if it did not. */
    GatewayException failure() {
        return failure;
    }

    private void run() {
        try {
            loop.run();
            LOG.info("camera {} has ended", name);
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("camera {} was closed", name, e);
            Thread.currentThread().interrupt();
        } catch (GatewayException e) {
            failure = e;
        } catch (IOException | RuntimeException e) {
            failure = new GatewayException("camera " + name + ": " + e.getMessage(), e);
        } finally {
            source.close();
        }
        if (failure != null) {
            LOG.error("camera {} has failed", name, failure);
        }
    }
}
