package dev.framewise.operators.benchmark;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Figures of one model on one device within one window. Latencies go into a DDSketch of 1 % relative error (Masson et al.,
 * "DDSketch: a fast and fully-mergeable quantile sketch", VLDB 2019), so that windows can be merged later.
 */
final class ModelFigures {
    private static final double RELATIVE_ERROR = 0.01;

    private long frames;
    private long inferredFrames;
    private double minLatencyMillis = Double.POSITIVE_INFINITY;
    private final int[] framesPerSecond;
    private final DDSketch latencyMillis;

    ModelFigures(int seconds) {
        this(new int[seconds], DDSketches.unboundedDense(RELATIVE_ERROR));
    }

    private ModelFigures(int[] framesPerSecond, DDSketch latencyMillis) {
        this.framesPerSecond = framesPerSecond;
        this.latencyMillis = latencyMillis;
    }

    /**
     * Counts one frame.
     *
     * @param second of the window, from 0
     */
    void add(int second, boolean inferred, double millis) {
        frames++;
        inferredFrames += inferred ? 1 : 0;
        framesPerSecond[second]++;
        // A latency below zero is a clock that disagrees with the gateway's: as good as none.
        double latency = Math.max(0, millis);
        minLatencyMillis = Math.min(minLatencyMillis, latency);
        latencyMillis.accept(latency);
    }

    long frames() {
        return frames;
    }

    long inferredFrames() {
        return inferredFrames;
    }

    double minLatencyMillis() {
        return minLatencyMillis;
    }

    /** The most frames of any one second of the window. */
    int maxFps() {
        int max = 0;
        for (int count : framesPerSecond) {
            max = Math.max(max, count);
        }
        return max;
    }

    /** Latencies in milliseconds. */
    DDSketch latencyMillis() {
        return latencyMillis;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(frames);
        out.writeLong(inferredFrames);
        out.writeDouble(minLatencyMillis);
        out.writeInt(framesPerSecond.length);
        for (int count : framesPerSecond) {
            out.writeInt(count);
        }
        GrowingByteArrayOutput sketch = GrowingByteArrayOutput.withDefaultInitialCapacity();
        latencyMillis.encode(sketch, /* omitIndexMapping= */ false);
        out.writeInt(sketch.numWrittenBytes());
        out.write(sketch.backingArray(), 0, sketch.numWrittenBytes());
    }

    static ModelFigures read(DataInput in) throws IOException {
        long frames = in.readLong();
        long inferredFrames = in.readLong();
        double minLatencyMillis = in.readDouble();
        int[] framesPerSecond = new int[in.readInt()];
        for (int second = 0; second < framesPerSecond.length; second++) {
            framesPerSecond[second] = in.readInt();
        }
        byte[] sketch = new byte[in.readInt()];
        in.readFully(sketch);
        ModelFigures figures = new ModelFigures(
                framesPerSecond, DDSketch.decode(ByteArrayInput.wrap(sketch), UnboundedSizeDenseStore::new));
        figures.frames = frames;
        figures.inferredFrames = inferredFrames;
        figures.minLatencyMillis = minLatencyMillis;
        return figures;
    }
}
