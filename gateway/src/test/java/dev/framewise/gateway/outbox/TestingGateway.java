package dev.framewise.gateway.outbox;

import dev.framewise.gateway.TestingClock;
import dev.framewise.gateway.capture.CameraStats;
import dev.framewise.gateway.capture.FrameStamper;
import dev.framewise.gateway.publish.CaptureLedger;
import dev.framewise.gateway.publish.OutRecord;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.RecordCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outbox of a gateway, its thread in the test's hands: cameras take pictures when they are told to, time passes when it is told
 * to, and a process that is killed simply stops.
 */
final class TestingGateway {
    static final String DEVICE = "board-1";

    /** Bytes of a picture. */
    static final int PICTURE = 2_000;

    final EventLog events;
    final StoreAndForward outbox;
    final long bootEpoch;
    TestingTransport live;
    TestingTransport replay;
    private final TestingClock time;
    private final Map<String, FrameStamper> stampers = new LinkedHashMap<>();
    private final Map<String, Map<Disposition, Long>> counts = new LinkedHashMap<>();
    private final RecordCodec<Frame> codec = new RecordCodec<>(Frame.class);
    private final CaptureLedger ledger;

    TestingGateway(
            Path directory, TestingClock time, List<OutRecord> arrived, OutboxSettings settings, String... cameras) {
        this.time = time;
        events = new EventLog(time::micros);
        Journals journals = Journals.open(directory);
        bootEpoch = BootEpochs.next(directory, time.micros(), journals.highestEpoch());
        for (String camera : cameras) {
            counts.put(camera, new EnumMap<>(Disposition.class));
            stampers.put(
                    camera, new FrameStamper(DEVICE, sequence -> time.micros(), journals.begin(camera, bootEpoch)));
        }
        outbox = new StoreAndForward(new StoreAndForward.Setup(
                directory,
                settings,
                DEVICE,
                bootEpoch,
                journals,
                events,
                (camera, was) -> {
                    counts.get(camera).merge(was, -1L, Long::sum);
                    counts.get(camera).merge(Disposition.EVICTED, 1L, Long::sum);
                },
                (name, onReady) -> {
                    TestingTransport transport = new TestingTransport(arrived, onReady);
                    if (name.contains("live")) {
                        live = transport;
                    } else {
                        replay = transport;
                    }
                    return transport;
                },
                time,
                time));
        outbox.doNotSync();
        ledger = new CaptureLedger(DEVICE, bootEpoch, outbox, this::stats, time.micros());
    }

    /** Takes a picture of some bytes, or one that is held back where there are none. */
    long capture(String camera, Disposition what, int bytes) {
        Frame frame = stampers.get(camera).stamp(640, 480);
        if (what == Disposition.SENT) {
            FrameStamper.attach(frame, new byte[bytes]);
        } else {
            FrameStamper.withhold(frame, what);
        }
        counts.get(camera).merge(what, 1L, Long::sum);
        outbox.send(OutRecord.of(frame, codec.encode(frame)));
        return frame.getSequence();
    }

    void setKafka(boolean up) {
        live.setUp(up);
        replay.setUp(up);
    }

    /** Lets time pass in small steps. */
    void run(Duration duration) {
        for (long millis = 0; millis < duration.toMillis(); millis += 50) {
            time.advance(Duration.ofMillis(50));
            outbox.tick(/* commitNow= */ false);
        }
    }

    /** Every camera takes about 15 pictures a second, of which one in three is skipped. */
    void film(Duration duration) {
        for (long millis = 0, i = 0; millis < duration.toMillis(); millis += 67, i++) {
            for (String camera : cameras()) {
                capture(camera, i % 3 == 0 ? Disposition.SKIPPED : Disposition.SENT, PICTURE);
            }
            time.advance(Duration.ofMillis(67));
            outbox.tick(/* commitNow= */ false);
        }
    }

    /** Every camera takes ten pictures at once. */
    void takeTen() {
        for (int i = 0; i < 10; i++) {
            cameras().forEach(camera -> capture(camera, Disposition.SENT, PICTURE));
        }
    }

    void tellLedger() {
        ledger.endWindow(time.micros());
    }

    Map<String, CameraStats> stats() {
        Map<String, CameraStats> stats = new LinkedHashMap<>();
        counts.forEach((camera, of) -> stats.put(
                camera,
                new CameraStats(
                        of.values().stream().mapToLong(Long::longValue).sum(),
                        of.getOrDefault(Disposition.SENT, 0L),
                        of.getOrDefault(Disposition.SKIPPED, 0L),
                        of.getOrDefault(Disposition.THROTTLED, 0L),
                        of.getOrDefault(Disposition.EVICTED, 0L),
                        0)));
        return stats;
    }

    List<String> cameras() {
        return new ArrayList<>(counts.keySet());
    }
}
