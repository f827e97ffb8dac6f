package dev.framewise.operators.frame;

import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.RecordCodec;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * {@link AdmissionFunction} with a second, broadcast input. Releases of models travel on among the frames: so the stages
 * behind stay chained, and every subtask gets the same releases between the same two barriers. Directives are kept, one for each board, and
 * every frame is told what the one in force leaves of the detector's budget.
 */
public final class SteeredAdmissionFunction
        extends KeyedBroadcastProcessFunction<String, FrameRecord, Steering, FrameTask> {
    private static final long serialVersionUID = 1L;

    /** The newest directive of each board, as {@link DirectiveBook} keeps it; gone when it is withdrawn. */
    public static final MapStateDescriptor<String, byte[]> DIRECTIVES =
            new MapStateDescriptor<>("directives", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    private final Duration lateness;
    private final Duration silence;
    private transient KeyedAdmission admission;
    private transient RecordCodec<ModelRelease> releases;
    private transient DirectiveBook book;
    private transient String ownKey;

    /**
     * @param lateness event time that a missing record is waited for; zero for none
     * @param silence of a camera's live frames after which its backlog lane ends if none came for it
     */
    public SteeredAdmissionFunction(Duration lateness, Duration silence) {
        this.lateness = lateness;
        this.silence = silence;
    }

    @Override
    public void open(OpenContext context) {
        admission = new KeyedAdmission(getRuntimeContext(), lateness, silence);
        releases = new RecordCodec<>(ModelRelease.class);
        book = new DirectiveBook();
        ownKey = keyOf(
                getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
                getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(),
                getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks());
    }

    /** A key of this subtask: the stages behind are keyed, and a key of another subtask is refused by Flink. */
    static String keyOf(int subtask, int parallelism, int maxParallelism) {
        for (int candidate = 0; ; candidate++) {
            String key = "release-" + candidate;
            if (KeyGroupRangeAssignment.assignKeyToParallelOperator(key, maxParallelism, parallelism) == subtask) {
                return key;
            }
        }
    }

    @Override
    public void processElement(FrameRecord record, ReadOnlyContext context, Collector<FrameTask> out) throws Exception {
        ReadOnlyBroadcastState<String, byte[]> directives = context.getBroadcastState(DIRECTIVES);
        admission.accept(
                record, context.timestamp(), context.timerService(), task -> out.collect(directed(task, directives)));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<FrameTask> out) throws Exception {
        ReadOnlyBroadcastState<String, byte[]> directives = context.getBroadcastState(DIRECTIVES);
        admission.wake(timestamp, context.timerService(), task -> out.collect(directed(task, directives)));
    }

    private FrameTask directed(FrameTask task, ReadOnlyBroadcastState<String, byte[]> directives) {
        try {
            String board = task.record.device;
            task.directedInterval = book.interval(board, directives.get(board), task.record.capturedAtMicros);
            return task;
        } catch (Exception e) {
            throw new IllegalStateException("reading the directive for " + task.record.device, e);
        }
    }

    @Override
    public void processBroadcastElement(Steering steering, Context context, Collector<FrameTask> out) throws Exception {
        if (steering.release != null) {
            out.collect(carrying(steering.release));
            return;
        }
        BroadcastState<String, byte[]> directives = context.getBroadcastState(DIRECTIVES);
        if (steering.directive == null) {
            directives.remove(steering.device);
        } else {
            directives.put(steering.device, book.newer(directives.get(steering.device), steering.directive));
        }
    }

    private FrameTask carrying(ModelRelease release) {
        FrameTask task = new FrameTask();
        task.record = new FrameRecord();
        task.record.device = "";
        task.record.camera = ownKey;
        task.release = releases.encode(release);
        return task;
    }
}
