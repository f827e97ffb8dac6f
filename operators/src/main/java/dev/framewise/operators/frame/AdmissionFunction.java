package dev.framewise.operators.frame;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** {@link FrameAdmission} over keyed state: one record in, one task out. */
public final class AdmissionFunction extends KeyedProcessFunction<String, FrameRecord, FrameTask> {
    private static final long serialVersionUID = 1L;

    private transient FrameAdmission admission;
    private transient ValueState<CameraPosition> positions;

    @Override
    public void open(OpenContext context) {
        admission = new FrameAdmission();
        positions = getRuntimeContext().getState(new ValueStateDescriptor<>("position", CameraPosition.class));
    }

    @Override
    public void processElement(FrameRecord record, Context context, Collector<FrameTask> out) throws Exception {
        CameraPosition position = positions.value();
        if (position == null) {
            position = new CameraPosition();
        }
        FrameTask task = admission.admit(record, position);
        positions.update(position);
        out.collect(task);
    }
}
