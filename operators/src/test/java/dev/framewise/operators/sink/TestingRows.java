package dev.framewise.operators.sink;

import dev.framewise.schemas.BenchmarkRow;
import dev.framewise.schemas.PowerSource;
import java.nio.ByteBuffer;

/** Made-up rows of windows of 10 s. */
final class TestingRows {
    static final long WINDOW_MICROS = 10_000_000;

    private TestingRows() {}

    /** A row with every figure; window 0 starts at 1970. */
    static BenchmarkRow.Builder row(String device, String model, long window) {
        return BenchmarkRow.newBuilder()
                .setDevice(device)
                .setModel(model)
                .setPrecision("int8")
                .setProvider("cpu")
                .setWindowStartMicros(window * WINDOW_MICROS)
                .setWindowEndMicros((window + 1) * WINDOW_MICROS)
                .setFrames(75)
                .setInferredFrames(25)
                .setMeanFps(7.5)
                .setMaxFps(9)
                .setLatencyMinMillis(20.0)
                .setLatencyP50Millis(40.0)
                .setLatencyP95Millis(60.0)
                .setLatencyP99Millis(80.0)
                .setLatencySketch(ByteBuffer.allocate(0))
                .setCelsiusMean(60.0)
                .setCelsiusMax(64.5)
                .setWattsMean(5.0)
                .setWattsSource(PowerSource.ESTIMATED)
                .setFpsPerWatt(1.5);
    }
}
