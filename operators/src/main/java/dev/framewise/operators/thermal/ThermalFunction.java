package dev.framewise.operators.thermal;

import dev.framewise.schemas.Directive;
import dev.framewise.schemas.Telemetry;
import dev.framewise.thermal.DirectivePolicy;
import dev.framewise.thermal.TemperatureReading;
import dev.framewise.thermal.ThermalOptions;
import dev.framewise.thermal.ThrottleDecision;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Asks the policy for every device once per check interval of event time and says the answer each time, changed or not: a
 * directive is valid for a while only, and a device that hears nothing falls back to its own law.
 *
 * <p>A device that sent nothing for {@link #FORGET} is forgotten until it comes back. When a job is drained, no decision is
 * made: the end of the input says nothing about heat.
 */
public final class ThermalFunction extends KeyedProcessFunction<String, Telemetry, Directive> {
    private static final long serialVersionUID = 1L;

    /** Event time without telemetry after which a device's state is dropped. */
    static final Duration FORGET = Duration.ofMinutes(10);

    private final ThermalOptions options;
    private transient DirectivePolicy policy;
    private transient ValueState<DeviceHeat> devices;

    public ThermalFunction(ThermalOptions options) {
        this.options = options;
    }

    @Override
    public void open(OpenContext context) {
        policy = DirectivePolicy.linear(options);
        devices = getRuntimeContext().getState(new ValueStateDescriptor<>("heat", DeviceHeat.class));
    }

    @Override
    public void processElement(Telemetry telemetry, Context context, Collector<Directive> out) throws Exception {
        DeviceHeat heat = devices.value();
        if (heat == null) {
            heat = new DeviceHeat();
            heat.heardAtMillis = context.timestamp();
            checkNext(Math.max(context.timestamp(), context.timerService().currentWatermark()), context.timerService());
        }
        // By event time, not by what the device says: a clock that was a year ahead once must not outvote all that
        // follows.
        if (context.timestamp() >= heat.heardAtMillis) {
            TemperatureReading reading = TemperatureReading.of(telemetry);
            heat.heardAtMillis = context.timestamp();
            heat.celsius = reading.celsius();
            heat.measuredAtMicros = reading.measuredAtMicros();
        }
        devices.update(heat);
    }

    private void checkNext(long afterMillis, TimerService timers) {
        long interval = options.checkInterval().toMillis();
        timers.registerEventTimeTimer((Math.floorDiv(afterMillis, interval) + 1) * interval);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Directive> out) throws Exception {
        DeviceHeat heat = devices.value();
        long watermark = context.timerService().currentWatermark();
        // A board without a battery clock starts in 1970: the next check is after now, not five seconds after that.
        long nowMillis = Math.max(timestamp, watermark);
        boolean drained = watermark == Long.MAX_VALUE;
        if (drained || nowMillis - heat.heardAtMillis > FORGET.toMillis()) {
            devices.clear();
            return;
        }
        ThrottleDecision decision = policy.decide(heat.decision(), heat.reading(), nowMillis * 1_000);
        heat.decide(decision);
        devices.update(heat);
        out.collect(policy.directive(context.getCurrentKey(), decision, heat.reading(), nowMillis * 1_000));
        checkNext(nowMillis, context.timerService());
    }
}
