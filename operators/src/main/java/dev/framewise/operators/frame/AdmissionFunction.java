package dev.framewise.operators.frame;

import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** {@link FrameOrder} and {@link FrameAdmission} over keyed state: one record in, one task out, now or when its turn comes. */
public final class AdmissionFunction extends KeyedProcessFunction<String, FrameRecord, FrameTask> {
    private static final long serialVersionUID = 1L;

    private final Duration lateness;
    private final Duration silence;
    private transient KeyedAdmission admission;

    /**
     * @param lateness event time that a missing record is waited for; zero for none
     * @param silence of a camera's live frames after which its backlog lane ends if none came for it
     */
    public AdmissionFunction(Duration lateness, Duration silence) {
        this.lateness = lateness;
        this.silence = silence;
    }

    @Override
    public void open(OpenContext context) {
        admission = new KeyedAdmission(getRuntimeContext(), lateness, silence);
    }

    @Override
    public void processElement(FrameRecord record, Context context, Collector<FrameTask> out) throws Exception {
        admission.accept(record, context.timestamp(), context.timerService(), out::collect);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<FrameTask> out) throws Exception {
        admission.wake(timestamp, context.timerService(), out::collect);
    }
}
