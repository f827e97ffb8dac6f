package dev.framewise.operators.tracking;

import dev.framewise.operators.frame.FrameRecord;
import dev.framewise.operators.frame.FrameTask;
import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.ThreadCpu;
import dev.framewise.vision.track.TrackList;
import dev.framewise.vision.track.Tracker;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Ends every frame's way: what was inferred or skipped becomes a track row; every frame, whatever became of it, becomes a
 * {@link FateEvent}; what was tracked also becomes a sample of its cost; what was unusable becomes a dead letter.
 *
 * <p>A new boot epoch, or a silence of the camera longer than {@code silence} in event time, ends all its tracks with a
 * CLOSING row. The silence is looked for both by a timer and at the next frame, so that the row says the same and stands at
 * the same place whichever comes first: tracks do not depend on how fast the watermark travels.
 */
public final class TrackingFunction extends KeyedProcessFunction<String, FrameTask, TrackRow> {
    private static final long serialVersionUID = 1L;

    /** Every frame's fate, for the ledger. */
    public static final OutputTag<FateEvent> FATES = new OutputTag<>("fates", TypeInformation.of(FateEvent.class));

    /** What tracked frames cost, for the benchmark job. */
    public static final OutputTag<InferenceSample> SAMPLES =
            new OutputTag<>("samples", new AvroTypeInfo<>(InferenceSample.class));

    /** Unusable records. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", new AvroTypeInfo<>(DeadLetter.class));

    private final TrackerFactory trackers;
    private final long silenceMicros;
    private transient ValueState<CameraTracks> cameras;
    private transient Detections detections;
    private transient TrackList shown;

    /**
     * @param trackers makes the tracker of a camera seen for the first time
     * @param silence event time without a frame after which a camera's tracks end
     */
    public TrackingFunction(TrackerFactory trackers, Duration silence) {
        this.trackers = trackers;
        this.silenceMicros = silence.toNanos() / 1_000;
    }

    @Override
    public void open(OpenContext context) {
        cameras = getRuntimeContext().getState(new ValueStateDescriptor<>("tracks", CameraTracksSerializer.INSTANCE));
        detections = new Detections();
        shown = new TrackList();
    }

    @Override
    public void processElement(FrameTask task, Context context, Collector<TrackRow> out) throws Exception {
        if (task.fate == null || task.fate == Fate.INFERRED) {
            track(task, context, out);
        } else if (task.fate == Fate.DEAD_LETTERED) {
            context.output(DEAD_LETTERS, TrackRows.deadLetter(task));
        }
        context.output(FATES, TrackRows.fate(task));
    }

    private void track(FrameTask task, Context context, Collector<TrackRow> out) throws Exception {
        long started = ThreadCpu.nanos();
        FrameRecord record = task.record;
        CameraTracks camera = cameras.value();
        if (camera == null) {
            camera = new CameraTracks();
        }
        boolean rebooted = record.bootEpoch != camera.bootEpoch;
        if (!camera.closed && (rebooted || record.capturedAtMicros - camera.latestMicros >= silenceMicros)) {
            close(camera, record.camera, out);
        }
        Tracker tracker = camera.tracker(trackers);
        if (task.fate == Fate.INFERRED) {
            camera.model = task.cost.model;
            detections.clear();
            for (int i = 0; i < task.scores.length; i++) {
                float[] box = task.boxesXyxy;
                detections.add(
                        box[4 * i], box[4 * i + 1], box[4 * i + 2], box[4 * i + 3], task.scores[i], task.classIds[i]);
            }
            tracker.update(record.sequence, detections, shown);
        } else {
            task.fate = Fate.PREDICTED;
            tracker.coast(record.sequence, shown);
        }
        camera.device = record.device;
        camera.bootEpoch = record.bootEpoch;
        camera.sequence = record.sequence;
        camera.capturedAtMicros = record.capturedAtMicros;
        camera.latestMicros =
                rebooted ? record.capturedAtMicros : Math.max(camera.latestMicros, record.capturedAtMicros);
        camera.width = record.width;
        camera.height = record.height;
        camera.closed = false;
        // A backlog is old when it comes: its silence counts from the watermark, or every frame would end its tracks.
        camera.activeMillis =
                Math.max(context.timestamp(), context.timerService().currentWatermark());
        watchSilence(camera, context.timerService());
        cameras.update(camera);
        out.collect(TrackRows.frame(task, camera.model, shown));
        context.output(SAMPLES, TrackRows.sample(task, ThreadCpu.nanos() - started));
    }

    private void watchSilence(CameraTracks camera, TimerService timers) {
        if (camera.timerMillis == 0) {
            camera.timerMillis = camera.activeMillis + silenceMicros / 1_000;
            timers.registerEventTimeTimer(camera.timerMillis);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<TrackRow> out) throws Exception {
        CameraTracks camera = cameras.value();
        camera.timerMillis = 0;
        if (timestamp >= camera.activeMillis + silenceMicros / 1_000) {
            close(camera, context.getCurrentKey(), out);
        } else {
            watchSilence(camera, context.timerService());
        }
        cameras.update(camera);
    }

    private void close(CameraTracks camera, String name, Collector<TrackRow> out) {
        camera.tracker(trackers).close(shown);
        camera.closed = true;
        out.collect(TrackRows.closing(camera, name, shown));
    }
}
