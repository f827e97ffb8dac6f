package dev.framewise.operators.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
    private final ValueState<MissingFrames> missing;
    private final Supplier<MissingFrames> whatIsMissing = this::missing;
    /** That of the key in turn, once somebody has asked for it. */
    private MissingFrames asked;

    KeyedAdmission(RuntimeContext context, Duration lateness, Duration silence) {
        this.lateness = lateness;
        order = new FrameOrder(new FrameAdmission(), lateness, silence);
        positions = context.getState(new ValueStateDescriptor<>("position", CameraPosition.class));
        waiting = new WaitingState(context.getMapState(
                new MapStateDescriptor<>("waiting", Types.LONG, TypeInformation.of(FrameRecord.class))));
        missing = context.getState(new ValueStateDescriptor<>("missing", MissingFramesSerializer.INSTANCE));
    }

    void accept(FrameRecord record, long timestampMillis, TimerService timers, Consumer<FrameTask> out)
            throws Exception {
        CameraPosition position = position();
        order.accept(record, position, waiting, whatIsMissing, out);
        if (position.waiting > 0 && position.wakeAtMillis == 0) {
            wakeAt(timestampMillis + lateness.toMillis(), position, timers);
        }
        keep(position);
    }

    private CameraPosition position() throws IOException {
        asked = null;
        CameraPosition position = positions.value();
        if (position == null) {
            return new CameraPosition();
        }
        if (position.seen != 0) {
            asked = MissingFrames.ofWindow(position);
            position.seen = 0;
        }
        return position;
    }

    private MissingFrames missing() {
        try {
            if (asked == null) {
                asked = missing.value();
            }
            if (asked == null) {
                asked = new MissingFrames();
            }
            return asked;
        } catch (IOException e) {
            throw new UncheckedIOException("reading what is missing of a camera", e);
        }
    }

    private void keep(CameraPosition position) throws IOException {
        positions.update(position);
        if (asked != null) {
            missing.update(asked);
        }
    }

    private static void wakeAt(long millis, CameraPosition position, TimerService timers) {
        position.wakeAtMillis = millis;
        timers.registerEventTimeTimer(millis);
    }

    /** The gap that the timer was set for may be long closed and another open: then that one is waited for a little less. */
    void wake(long timestampMillis, TimerService timers, Consumer<FrameTask> out) throws Exception {
        CameraPosition position = position();
        position.wakeAtMillis = 0;
        order.expire(position, waiting, whatIsMissing, out);
        if (position.waiting > 0) {
            wakeAt(timestampMillis + lateness.toMillis(), position, timers);
        }
        keep(position);
    }
}
