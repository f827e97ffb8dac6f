package dev.framewise.benchmarks.pipeline;

import dev.framewise.gateway.capture.FrameSource;
import dev.framewise.gateway.capture.Picture;
import dev.framewise.gateway.capture.SourceOpener;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clips as cameras of a chosen rate, spread over the frame interval: cameras of a fleet do not capture at one instant, and a benchmark
 * in which they did would measure how they get into each other's way. Opened from any thread.
 */
public final class PacedSources implements SourceOpener {
    private final SourceOpener real;
    private final int framesPerSecond;
    private final int cameras;
    private final AtomicInteger opened = new AtomicInteger();

    /**
     * @param framesPerSecond of each camera
     * @param cameras over which a frame interval is spread
     */
    public PacedSources(SourceOpener real, int framesPerSecond, int cameras) {
        this.real = real;
        this.framesPerSecond = framesPerSecond;
        this.cameras = cameras;
    }

    @Override
    public FrameSource open(String address, int jpegQuality) throws IOException {
        int camera = opened.getAndIncrement();
        // a clip that starts over is opened again, and keeps its phase by keeping its pace
        long phaseMicros = camera < cameras ? 1_000_000L * camera / cameras / framesPerSecond : 0;
        return new Paced(real.open(address, jpegQuality), framesPerSecond, phaseMicros);
    }

    /** A clip that says it has another rate. */
    private static final class Paced implements FrameSource {
        private final FrameSource source;
        private final int framesPerSecond;
        private long phaseMicros;

        Paced(FrameSource source, int framesPerSecond, long phaseMicros) {
            this.source = source;
            this.framesPerSecond = framesPerSecond;
            this.phaseMicros = phaseMicros;
        }

        @Override
        public Picture next() throws IOException {
            long wait = phaseMicros;
            phaseMicros = 0;
            try {
                TimeUnit.MICROSECONDS.sleep(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return source.next();
        }

        @Override
        public double framesPerSecond() {
            return framesPerSecond;
        }

        @Override
        public boolean isLive() {
            return source.isLive();
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
