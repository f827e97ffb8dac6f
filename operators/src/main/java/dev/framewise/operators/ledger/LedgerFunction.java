package dev.framewise.operators.ledger;

import dev.framewise.operators.tracking.FateEvent;
import dev.framewise.schemas.LedgerWindow;
import java.time.Duration;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Counts fates per camera and window. A window of accounts, not of time alone: what comes after its window was written counts
 * in the next one, so that nothing is ever left out and the sum over all windows is exact.
 */
public final class LedgerFunction extends KeyedProcessFunction<String, FateEvent, LedgerWindow> {
    private static final long serialVersionUID = 1L;

    private final long windowMillis;
    private transient ValueState<CameraAccount> accounts;

    /**
     * @param window length, event time, at least 1 ms
     */
    public LedgerFunction(Duration window) {
        this.windowMillis = window.toMillis();
    }

    @Override
    public void open(OpenContext context) {
        accounts = getRuntimeContext().getState(new ValueStateDescriptor<>("account", CameraAccount.class));
    }

    @Override
    public void processElement(FateEvent event, Context context, Collector<LedgerWindow> out) throws Exception {
        CameraAccount account = accounts.value();
        if (account == null) {
            account = new CameraAccount();
            long now = Math.max(context.timestamp(), context.timerService().currentWatermark() + 1);
            account.windowStartMillis = Math.floorDiv(now, windowMillis) * windowMillis;
            context.timerService().registerEventTimeTimer(account.windowStartMillis + windowMillis - 1);
        }
        if (!event.device.isEmpty()) {
            account.device = event.device;
            // a backlog's may be an earlier one
            account.bootEpoch = Math.max(account.bootEpoch, event.bootEpoch);
        }
        account.captured += event.newlyCaptured;
        account.fates.merge(event.fate.name(), 1L, Long::sum);
        accounts.update(account);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<LedgerWindow> out) throws Exception {
        CameraAccount account = accounts.value();
        accounts.clear();
        out.collect(new LedgerWindow(
                account.device,
                context.getCurrentKey(),
                account.bootEpoch,
                account.windowStartMillis * 1_000,
                (account.windowStartMillis + windowMillis) * 1_000,
                account.captured,
                new TreeMap<>(account.fates)));
    }
}
