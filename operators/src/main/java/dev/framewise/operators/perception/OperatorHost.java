package dev.framewise.operators.perception;

import dev.framewise.operators.frame.Lane;
import dev.framewise.operators.metric.OperatorCounter;
import dev.framewise.operators.tracking.CameraTracks;
import dev.framewise.operators.tracking.FateEvent;
import dev.framewise.operators.tracking.TrackingHost;
import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.BoxProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Keyed state, timers and outputs of an operator, as tracking sees them. Mailbox thread. */
final class OperatorHost implements TrackingHost {
    private final AbstractStreamOperator<TrackRow> operator;
    private final Map<Lane, ValueState<CameraTracks>> cameras;
    private final InternalTimerService<VoidNamespace> timers;
    private final Output<StreamRecord<TrackRow>> output;
    private final StreamRecord<TrackRow> row = new StreamRecord<>(null);
    private final Map<BoxProblem, Counter> refused = new EnumMap<>(BoxProblem.class);
    private Lane lane = Lane.LIVE;
    private long timestampMillis;
    private long watermarkMillis = Long.MIN_VALUE;

    OperatorHost(
            AbstractStreamOperator<TrackRow> operator,
            Map<Lane, ValueState<CameraTracks>> cameras,
            InternalTimerService<VoidNamespace> timers,
            Output<StreamRecord<TrackRow>> output) {
        this.operator = operator;
        this.cameras = cameras;
        this.timers = timers;
        this.output = output;
        refused.put(BoxProblem.NOT_FINITE, OperatorCounter.BOXES_NOT_FINITE.in(operator.getMetricGroup()));
        refused.put(BoxProblem.NO_SIZE, OperatorCounter.BOXES_WITHOUT_SIZE.in(operator.getMetricGroup()));
        refused.put(BoxProblem.ABSURD_SCORE, OperatorCounter.BOXES_OF_ABSURD_SCORE.in(operator.getMetricGroup()));
    }

    /** A watermark has arrived, whether or not it is held back. */
    void arrived(long millis) {
        watermarkMillis = Math.max(watermarkMillis, millis);
    }

    @Override
    public void turnTo(String camera, Lane newLane, long millis) {
        if (!camera.equals(operator.getCurrentKey())) {
            operator.setCurrentKey(camera);
        }
        lane = newLane;
        timestampMillis = millis;
    }

    @Override
    public Lane lane() {
        return lane;
    }

    @Override
    public long timestampMillis() {
        return timestampMillis;
    }

    @Override
    public CameraTracks camera() {
        try {
            return cameras.get(lane).value();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the state of camera " + operator.getCurrentKey(), e);
        }
    }

    @Override
    public void keep(CameraTracks camera) {
        try {
            cameras.get(lane).update(camera);
        } catch (IOException e) {
            throw new UncheckedIOException("writing the state of camera " + operator.getCurrentKey(), e);
        }
    }

    @Override
    public long watermarkMillis() {
        return watermarkMillis;
    }

    @Override
    public void wakeAt(long eventTimeMillis) {
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, eventTimeMillis);
    }

    @Override
    public void row(TrackRow value) {
        output.collect(row.replace(value, timestampMillis));
    }

    @Override
    public void fate(FateEvent fate) {
        output.collect(PerceptionOperator.FATES, new StreamRecord<>(fate, timestampMillis));
    }

    @Override
    public void sample(InferenceSample sample) {
        output.collect(PerceptionOperator.SAMPLES, new StreamRecord<>(sample, timestampMillis));
    }

    @Override
    public void refused(BoxProblem problem) {
        refused.get(problem).inc();
    }

    @Override
    public void deadLetter(DeadLetter letter) {
        output.collect(PerceptionOperator.DEAD_LETTERS, new StreamRecord<>(letter, timestampMillis));
    }
}
