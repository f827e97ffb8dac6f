package dev.framewise.operators.frame;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** {@link FrameOrder} and {@link FrameAdmission} over keyed state: one record in, one task out, now or when its turn comes. */
public final class AdmissionFunction extends KeyedProcessFunction<String, FrameRecord, FrameTask> {
    private static final long serialVersionUID = 1L;

    private final Duration lateness;
    private transient FrameOrder order;
    private transient ValueState<CameraPosition> positions;
    private transient WaitingState waiting;

    /** @param lateness event time that a missing record is waited for; zero for none */
    public AdmissionFunction(Duration lateness) {
        this.lateness = lateness;
    }

    @Override
    public void open(OpenContext context) {
        order = new FrameOrder(new FrameAdmission(), lateness);
        positions = getRuntimeContext().getState(new ValueStateDescriptor<>("position", CameraPosition.class));
        waiting = new WaitingState(getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("waiting", Types.LONG, TypeInformation.of(FrameRecord.class))));
    }

    @Override
    public void processElement(FrameRecord record, Context context, Collector<FrameTask> out) throws Exception {
        CameraPosition position = positions.value();
        if (position == null) {
            position = new CameraPosition();
        }
        order.accept(record, position, waiting, out::collect);
        if (position.waiting > 0 && position.wakeAtMillis == 0) {
            wakeAt(context.timestamp() + lateness.toMillis(), position, context);
        }
        positions.update(position);
    }

    private static void wakeAt(long millis, CameraPosition position, Context context) {
        position.wakeAtMillis = millis;
        context.timerService().registerEventTimeTimer(millis);
    }

    /** The gap that the timer was set for may be long closed and another open: then that one is waited for a little less. */
    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<FrameTask> out) throws Exception {
        CameraPosition position = positions.value();
        position.wakeAtMillis = 0;
        Consumer<FrameTask> next = out::collect;
        order.expire(position, waiting, next);
        if (position.waiting > 0) {
            wakeAt(timestamp + lateness.toMillis(), position, context);
        }
        positions.update(position);
    }
}
