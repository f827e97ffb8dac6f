package dev.framewise.local.demo;

import dev.framewise.schemas.Directive;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.LedgerWindow;
import dev.framewise.schemas.PowerSource;
import dev.framewise.schemas.Provenance;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.Telemetry;
import dev.framewise.schemas.TrackBox;
import dev.framewise.schemas.TrackRow;
import dev.framewise.schemas.TrackState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Made-up records of one camera, ten frames a second from second 100 on, on one board. */
final class TestingRecords {
    static final String CAMERA = "gate";
    static final String DEVICE = "board";
    static final long BOOT_EPOCH = 7;
    private static final long START_MICROS = 100_000_000;
    private static final long FRAME_MICROS = 100_000;

    private TestingRecords() {}

    static long capturedAt(long sequence) {
        return START_MICROS + FRAME_MICROS * sequence;
    }

    /** A row with so many boxes and these new tracks. */
    static TrackRow row(long sequence, int boxes, Long... started) {
        List<TrackBox> tracked = new ArrayList<>();
        for (int i = 0; i < boxes; i++) {
            tracked.add(new TrackBox(
                    i + 1L,
                    /* x= */ 10f * i,
                    /* y= */ 20f,
                    /* width= */ 30f,
                    /* height= */ 40f,
                    /* classId= */ 0,
                    /* score= */ 0.9f,
                    TrackState.CONFIRMED,
                    i == 0 ? Provenance.DETECTED : Provenance.PREDICTED,
                    /* ageFrames= */ 0,
                    /* framesSinceDetected= */ 0,
                    /* uncertainty= */ 1f));
        }
        return new TrackRow(
                RowKind.FRAME,
                DEVICE,
                CAMERA,
                BOOT_EPOCH,
                sequence,
                capturedAt(sequence),
                /* width= */ 64,
                /* height= */ 48,
                Fate.INFERRED,
                "model",
                tracked,
                List.of(started),
                List.of(),
                "INTERVAL",
                /* backlog= */ false);
    }

    static InferenceSample sample(long sequence, long latencyMicros) {
        return new InferenceSample(
                DEVICE,
                CAMERA,
                BOOT_EPOCH,
                sequence,
                capturedAt(sequence),
                Fate.INFERRED,
                "model",
                "fp32",
                "cpu",
                /* batchSize= */ 1,
                /* decodeMicros= */ 1_000L,
                /* letterboxMicros= */ 500L,
                /* waitMicros= */ 0L,
                /* inferenceMicros= */ 14_000L,
                /* postprocessMicros= */ 100L,
                /* trackMicros= */ 20L,
                latencyMicros,
                /* backlog= */ false);
    }

    static LedgerWindow ledger(long captured, Map<String, Long> fates) {
        return new LedgerWindow(
                DEVICE, CAMERA, BOOT_EPOCH, START_MICROS, START_MICROS + 10_000_000, captured, new TreeMap<>(fates));
    }

    /** A reading; null where there was none. */
    static Telemetry telemetry(long second, Double celsius, Double watts, PowerSource source) {
        return Telemetry.newBuilder()
                .setDevice(DEVICE)
                .setProfile("test")
                .setBootEpoch(BOOT_EPOCH)
                .setMeasuredAtMicros(START_MICROS + 1_000_000 * second)
                .setSocCelsius(celsius)
                .setPowerWatts(watts)
                .setPowerSource(source)
                .setFpsCaptured(10)
                .setFpsSent(10)
                .setOutboxDepth(0)
                .build();
    }

    static Directive directive(double factor) {
        return new Directive(
                DEVICE, START_MICROS, START_MICROS + 30_000_000, factor, 1, "test", 80.0, null, null, null);
    }
}
