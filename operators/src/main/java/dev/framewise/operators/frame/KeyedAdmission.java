package dev.framewise.operators.frame;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;

/** {@link FrameOrder} and {@link FrameAdmission} over keyed state and timers, for functions of one input and of two. */
final class KeyedAdmission {
    private final Duration lateness;
    private final FrameOrder order;
    private final ValueState<CameraPosition> positions;
    private final WaitingState waiting;

    KeyedAdmission(RuntimeContext context, Duration lateness) {
        this.lateness = lateness;
        order = new FrameOrder(new FrameAdmission(), lateness);
        positions = context.getState(new ValueStateDescriptor<>("position", CameraPosition.class));
        waiting = new WaitingState(context.getMapState(
                new MapStateDescriptor<>("waiting", Types.LONG, TypeInformation.of(FrameRecord.class))));
    }

    void accept(FrameRecord record, long timestampMillis, TimerService timers, Consumer<FrameTask> out)
            throws Exception {
        CameraPosition position = positions.value();
        if (position == null) {
            position = new CameraPosition();
        }
        order.accept(record, position, waiting, out);
        if (position.waiting > 0 && position.wakeAtMillis == 0) {
            wakeAt(timestampMillis + lateness.toMillis(), position, timers);
        }
        positions.update(position);
    }

    private static void wakeAt(long millis, CameraPosition position, TimerService timers) {
        position.wakeAtMillis = millis;
        timers.registerEventTimeTimer(millis);
    }

    /** The gap that the timer was set for may be long closed and another open: then that one is waited for a little less. */
    void wake(long timestampMillis, TimerService timers, Consumer<FrameTask> out) throws Exception {
        CameraPosition position = positions.value();
        position.wakeAtMillis = 0;
        order.expire(position, waiting, out);
        if (position.waiting > 0) {
            wakeAt(timestampMillis + lateness.toMillis(), position, timers);
        }
        positions.update(position);
    }
}
