package dev.framewise.operators.perception;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.Lane;
import dev.framewise.operators.inference.BatchSession;
import dev.framewise.operators.inference.Batcher;
import dev.framewise.operators.inference.MicroBatcher;
import dev.framewise.operators.inference.ModelBarrier;
import dev.framewise.operators.inference.Overlap;
import dev.framewise.operators.inference.OverlappedBatcher;
import dev.framewise.operators.metric.OperatorCounter;
import dev.framewise.operators.metric.OperatorGauge;
import dev.framewise.operators.tracking.CadenceFactory;
import dev.framewise.operators.tracking.CameraTracks;
import dev.framewise.operators.tracking.CameraTracksSerializer;
import dev.framewise.operators.tracking.FateEvent;
import dev.framewise.operators.tracking.FrameTracking;
import dev.framewise.operators.tracking.TrackerFactory;
import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.model.Evidence;
import dev.framewise.vision.model.RefusedReleaseException;
import dev.framewise.vision.model.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * {@link PerceptionFlow} in Flink: admitted frames, keyed by camera, become track rows.
 *
 * <p><b>State</b> is one {@link CameraTracks} per camera and lane, and which versions of the model are in force: of all subtasks, in a
 * union list, so that after a rescaling all go on from the newest. Frames in flight are none: before a checkpoint's barrier is passed on
 * every frame has left, so between two barriers nothing is held that the sources have not to replay.
 *
 * <p><b>Thread.</b> Everything runs on the mailbox thread, the network included: on a CPU a second thread buys nothing, and a
 * busy mailbox is what makes backpressure reach Kafka. Where the network runs elsewhere it has a thread of its own, and the
 * mailbox thread blocks when both batches are full (docs/decisions/0009-overlap.md).
 */
public final class PerceptionOperator extends AbstractStreamOperator<TrackRow>
        implements OneInputStreamOperator<FrameTask, TrackRow>, BoundedOneInput, Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    /** Every frame's fate, for the ledger. */
    public static final OutputTag<FateEvent> FATES = new OutputTag<>("fates", TypeInformation.of(FateEvent.class));

    /** What tracked frames cost, for the benchmark job. */
    public static final OutputTag<InferenceSample> SAMPLES =
            new OutputTag<>("samples", new AvroTypeInfo<>(InferenceSample.class));

    /** Unusable records. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", new AvroTypeInfo<>(DeadLetter.class));

    /** What the subtask has learned of a release. */
    public static final OutputTag<Evidence> EVIDENCE = new OutputTag<>("evidence", TypeInformation.of(Evidence.class));

    /** A timer asks to fire a millisecond late and counts in milliseconds; a batch may run by as much too early, not too late. */
    private static final long TIMER_NANOS = 2_000_000;

    private final BatchSession.Factory sessions;
    private final TrackerFactory trackers;
    private final CadenceFactory cadences;
    private final Duration silence;
    private final FlowLimits limits;
    private final Overlap overlap;
    private final NanoTicker ticker;

    private transient ListState<byte[]> models;
    private transient RecordCodec<ModelRelease> releases;
    private transient ModelBarrier versions;
    private transient BatchSession session;
    private transient BatchSession other;
    private transient Batcher batcher;
    private transient FrameTracking tracking;
    private transient OperatorHost host;
    private transient Counter backlogFrames;
    private transient WatermarkGate gate;
    private transient PerceptionFlow flow;
    private transient ScheduledFuture<?> timer;
    private transient volatile String liveModel;

    /**
     * @param sessions opens the model on the subtask's machine
     * @param trackers makes the tracker of a camera
     * @param cadences makes its cadence
     * @param silence event time without a frame after which a camera's tracks end
     * @param overlap whether the next batch is decoded while the network runs
     */
    public PerceptionOperator(
            BatchSession.Factory sessions,
            TrackerFactory trackers,
            CadenceFactory cadences,
            Duration silence,
            FlowLimits limits,
            Overlap overlap) {
        this(sessions, trackers, cadences, silence, limits, overlap, System::nanoTime);
    }

    PerceptionOperator(
            BatchSession.Factory sessions,
            TrackerFactory trackers,
            CadenceFactory cadences,
            Duration silence,
            FlowLimits limits,
            Overlap overlap,
            NanoTicker ticker) {
        this.sessions = sessions;
        this.trackers = trackers;
        this.cadences = cadences;
        this.silence = silence;
        this.limits = limits;
        this.overlap = overlap;
        this.ticker = ticker;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        models = context.getOperatorStateStore()
                .getUnionListState(
                        new ListStateDescriptor<>("models", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    public void open() throws Exception {
        super.open();
        Map<Lane, ValueState<CameraTracks>> cameras = Map.of(
                Lane.LIVE, tracks("tracks"),
                Lane.BACKLOG, tracks("backlog-tracks"));
        // The name is the one that Flink gives to a function's timers, which these were.
        InternalTimerService<VoidNamespace> timers =
                getInternalTimerService("user-timers", VoidNamespaceSerializer.INSTANCE, this);
        host = new OperatorHost(this, cameras, timers, output);
        backlogFrames = OperatorCounter.BACKLOG_FRAMES.in(getMetricGroup());
        gate = new WatermarkGate();
        tracking = new FrameTracking(trackers, cadences, silence, host);
        List<byte[]> snapshots = new ArrayList<>();
        models.get().forEach(snapshots::add);
        session = sessions.open(snapshots);
        batcher = batcher(snapshots);
        versions = new ModelBarrier(other == null ? List.of(session) : List.of(session, other));
        releases = new RecordCodec<>(ModelRelease.class);
        liveModel = versions.liveModel();
        OperatorGauge.LIVE_MODEL.in(getMetricGroup(), () -> liveModel);
        flow = new PerceptionFlow(batcher, tracking, host, gate, limits);
        OperatorGauge.FRAMES_IN_FLIGHT.in(getMetricGroup(), flow::framesInFlight);
        OperatorGauge.BYTES_IN_FLIGHT.in(getMetricGroup(), flow::bytesInFlight);
    }

    private ValueState<CameraTracks> tracks(String name) {
        return getRuntimeContext().getState(new ValueStateDescriptor<>(name, CameraTracksSerializer.INSTANCE));
    }

    private Batcher batcher(List<byte[]> snapshots) throws Exception {
        BatchMetrics metrics = new BatchMetrics(getMetricGroup(), session.slots(), limits.budget());
        if (!sessions.opensTwins() || !overlap.applies(session)) {
            return new MicroBatcher(session, limits.budget(), ticker, metrics);
        }
        other = sessions.open(snapshots);
        MailboxExecutor mailbox = getContainingTask()
                .getMailboxExecutorFactory()
                .createExecutor(getOperatorConfig().getChainIndex());
        return new OverlappedBatcher(session, other, limits.budget(), ticker, metrics, () -> postEnded(mailbox));
    }

    /** On the runner's thread. */
    private void postEnded(MailboxExecutor mailbox) {
        try {
            mailbox.execute(this::ended, "a batch has run");
        } catch (RejectedExecutionException e) {
            LOG.debug("a batch has run, but its task has ended", e);
        }
    }

    private void ended() {
        flow.ended();
        setTimer();
    }

    @Override
    public void processElement(StreamRecord<FrameTask> element) {
        FrameTask task = element.getValue();
        if (task.release != null) {
            follow(task.release);
            return;
        }
        if (task.lane == Lane.BACKLOG && !task.endsLane) {
            backlogFrames.inc();
        }
        session.stamp(task);
        flow.accept(task, element.getTimestamp());
        setTimer();
    }

    private void follow(byte[] release) {
        try {
            versions.follow(Release.of(releases.decode(release)));
        } catch (RecordFormatException | RefusedReleaseException e) {
            throw new IllegalStateException("a release that was checked at its source is none here", e);
        }
    }

    /** One timer is enough: when it fires too early for the batch that is then in the making, it is set again. */
    private void setTimer() {
        long left = flow.nanosLeft();
        if (timer != null || left == Long.MAX_VALUE) {
            return;
        }
        long millis = Math.max(0, left - TIMER_NANOS) / 1_000_000;
        timer = getProcessingTimeService()
                .registerTimer(getProcessingTimeService().getCurrentProcessingTime() + millis, now -> onTimer());
    }

    private void onTimer() {
        timer = null;
        if (flow.nanosLeft() <= TIMER_NANOS) {
            flow.run();
        }
        setTimer();
    }

    @Override
    public void processWatermark(Watermark mark) {
        host.arrived(mark.getTimestamp());
        gate.arrive(() -> pass(() -> super.processWatermark(mark)));
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) {
        gate.arrive(() -> pass(() -> super.processWatermarkStatus(status)));
    }

    /** What Flink may throw while it hands something on. */
    private interface Passing {
        void run() throws Exception;
    }

    private static void pass(Passing passing) {
        try {
            passing.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("handing on a watermark", e);
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
        tracking.wake(timer.getKey(), timer.getTimestamp());
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("nobody registers timers of processing time here");
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flow.flush();
        versions.report().ifPresent(this::send);
    }

    private void send(Evidence report) {
        report.subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        report.parallelism = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        output.collect(EVIDENCE, new StreamRecord<>(report));
    }

    /** The barrier has just passed and no frame waits: what is decided comes into force here, and is part of this checkpoint. */
    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        versions.pass();
        liveModel = versions.liveModel();
        models.update(List.of(versions.snapshot()));
    }

    @Override
    public void endInput() {
        flow.flush();
    }

    @Override
    public void close() throws Exception {
        if (batcher != null) {
            batcher.close();
        }
        if (other != null) {
            other.close();
        }
        if (session != null) {
            session.close();
        }
        if (tracking != null) {
            tracking.close();
        }
        super.close();
    }
}
