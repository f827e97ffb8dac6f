package dev.framewise.e2e.perception;

import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The records of a camera as a gateway sends them that loses Kafka, is restarted meanwhile, and finds it again: live frames of the first
 * run, then live ones of the second with what waited on the disk beside them, oldest first.
 */
final class OutageRecords {
    /** Frames of each run. */
    static final int RUN = 60;

    /** The first run's last and the second run's first frames wait on the disk. */
    static final int STORED_OF_A_RUN = 40;

    static final int STORED = 2 * STORED_OF_A_RUN;

    /** Of these one is evicted, and two come twice. */
    static final int EVICTED = 1;

    static final int TWICE = 2;

    private static final int REPLAYS_PER_LIVE_FRAME = 5;

    private final RecordCodec<Frame> codec = new RecordCodec<>(Frame.class);
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final List<Frame> frames;
    private final String camera;

    private OutageRecords(List<Frame> frames, String camera) {
        this.frames = frames;
        this.camera = camera;
    }

    /**
     * Makes them of another camera's frames.
     *
     * @param frames at least twice {@link #RUN}, in order
     */
    static List<ProducerRecord<byte[], byte[]>> of(List<Frame> frames, String camera) {
        return new OutageRecords(frames, camera).make();
    }

    private List<ProducerRecord<byte[], byte[]>> make() {
        int firstStored = RUN - STORED_OF_A_RUN;
        for (int i = 0; i < firstStored; i++) {
            send(i, /* replayed= */ false);
        }
        int next = firstStored;
        int firstLive = RUN + STORED_OF_A_RUN;
        for (int live = firstLive; live < 2 * RUN; live++) {
            send(live, /* replayed= */ false);
            for (int k = 0; k < REPLAYS_PER_LIVE_FRAME && next < firstLive; k++, next++) {
                send(next, /* replayed= */ true);
                if (next == RUN - 3 || next == RUN + 3) {
                    send(next, /* replayed= */ true);
                }
            }
        }
        if (next < firstLive) {
            throw new IllegalStateException("frames " + next + " and later are still on the disk");
        }
        return records;
    }

    private void send(int index, boolean replayed) {
        Frame frame = frames.get(index);
        Frame.Builder builder = Frame.newBuilder(frame)
                .setCamera(camera)
                .setBootEpoch(frame.getBootEpoch() + index / RUN)
                .setSequence(index % RUN)
                .setReplayed(replayed);
        if (index == RUN + STORED_OF_A_RUN / 2) {
            builder.setDisposition(Disposition.EVICTED).setCodec("none").setPayload(null);
        }
        records.add(new ProducerRecord<>(
                Topic.FRAMES.topicName(), camera.getBytes(StandardCharsets.UTF_8), codec.encode(builder.build())));
    }
}
