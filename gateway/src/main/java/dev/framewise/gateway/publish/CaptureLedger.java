package dev.framewise.gateway.publish;

import dev.framewise.gateway.GatewayException;
import dev.framewise.gateway.capture.CameraStats;
import dev.framewise.schemas.CaptureCounts;
import dev.framewise.schemas.CaptureWindow;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger at its source: at the end of each window, one record per camera that says what was done with its pictures, in the window
 * and since the boot epoch began, so that a reader can prove that nothing is missing. Windows follow one another without a gap. Used
 * by one thread at a time.
 */
public final class CaptureLedger {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureLedger.class);

    private final String device;
    private final long bootEpochMicros;
    private final RecordSink sink;
    private final Supplier<Map<String, CameraStats>> cameras;
    private final RecordCodec<CaptureWindow> codec = new RecordCodec<>(CaptureWindow.class);
    private final Map<String, CameraStats> told = new HashMap<>();
    private long windowStartMicros;

    /**
     * A ledger whose first window begins now.
     *
     * @param cameras the pictures of each camera so far
     */
    public CaptureLedger(
            String device,
            long bootEpochMicros,
            RecordSink sink,
            Supplier<Map<String, CameraStats>> cameras,
            long nowMicros) {
        this.device = device;
        this.bootEpochMicros = bootEpochMicros;
        this.sink = sink;
        this.cameras = cameras;
        this.windowStartMicros = nowMicros;
    }

    /**
     * Ends the window.
     *
     * @param nowMicros the wall clock, microseconds since 1970; a clock that was set back makes an empty window, not a negative one
     */
    public void endWindow(long nowMicros) {
        long end = Math.max(windowStartMicros, nowMicros);
        cameras.get().forEach((camera, now) -> tell(camera, now, end));
        windowStartMicros = end;
    }

    private void tell(String camera, CameraStats now, long endMicros) {
        CameraStats before = told.getOrDefault(camera, CameraStats.NONE);
        CaptureWindow window = CaptureWindow.newBuilder()
                .setDevice(device)
                .setCamera(camera)
                .setBootEpoch(bootEpochMicros)
                .setWindowStartMicros(windowStartMicros)
                .setWindowEndMicros(endMicros)
                .setWindow(counts(now.minus(before)))
                .setTotal(counts(now))
                .setClosed(false)
                .setUnsettled(0)
                .build();
        try {
            sink.send(Topic.CAPTURES, camera, endMicros / 1000, codec.encode(window));
            told.put(camera, now);
        } catch (GatewayException e) {
            LOG.debug("the window of camera {} joins the next", camera, e);
        }
    }

    private static CaptureCounts counts(CameraStats stats) {
        return new CaptureCounts(stats.captured(), stats.sent(), stats.skipped(), stats.throttled(), stats.evicted());
    }
}
