package dev.framewise.operators.frame;

import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.RecordCodec;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * {@link AdmissionFunction} with a second, broadcast input: releases of models, which travel on among the frames. So the stages
 * behind stay chained, and every subtask gets the same releases between the same two barriers.
 */
public final class ReleaseAdmissionFunction
        extends KeyedBroadcastProcessFunction<String, FrameRecord, ModelRelease, FrameTask> {
    private static final long serialVersionUID = 1L;

    private final Duration lateness;
    private transient KeyedAdmission admission;
    private transient RecordCodec<ModelRelease> releases;
    private transient String ownKey;

    /** @param lateness event time that a missing record is waited for; zero for none */
    public ReleaseAdmissionFunction(Duration lateness) {
        this.lateness = lateness;
    }

    @Override
    public void open(OpenContext context) {
        admission = new KeyedAdmission(getRuntimeContext(), lateness);
        releases = new RecordCodec<>(ModelRelease.class);
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
        admission.accept(record, context.timestamp(), context.timerService(), out::collect);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<FrameTask> out) throws Exception {
        admission.wake(timestamp, context.timerService(), out::collect);
    }

    @Override
    public void processBroadcastElement(ModelRelease release, Context context, Collector<FrameTask> out) {
        FrameTask task = new FrameTask();
        task.record = new FrameRecord();
        task.record.device = "";
        task.record.camera = ownKey;
        task.release = releases.encode(release);
        out.collect(task);
    }
}
