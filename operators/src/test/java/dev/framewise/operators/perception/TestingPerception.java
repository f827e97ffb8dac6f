package dev.framewise.operators.perception;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.TestingFrames;
import dev.framewise.operators.inference.Overlap;
import dev.framewise.operators.inference.TestingSession;
import dev.framewise.operators.tracking.TrackerFactory;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.FixedCadence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** Perception in Flink's harness, one frame in a batch: made, fed, killed, and rescaled from one subtask to two and back. */
final class TestingPerception {
    static final Duration SILENCE = Duration.ofSeconds(30);
    private static final int MAX_PARALLELISM = 16;

    private final TrackerFactory trackers;
    private final int interval;
    private final LongPredicate hasPicture;

    /**
     * @param interval the detector looks at one of so many frames
     * @param hasPicture by sequence, of the frames of {@link #run}
     */
    TestingPerception(TrackerFactory trackers, int interval, LongPredicate hasPicture) {
        this.trackers = trackers;
        this.interval = interval;
        this.hasPicture = hasPicture;
    }

    /** The operator alone, which has seen nothing. */
    KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> open() throws Exception {
        return open(/* state= */ null, /* parallelism= */ 1, /* subtask= */ 0);
    }

    /** One subtask of the operator, with its part of a state; null for none. */
    KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> open(
            OperatorSubtaskState state, int parallelism, int subtask) throws Exception {
        PerceptionOperator operator = new PerceptionOperator(
                () -> new TestingSession(/* slots= */ 1),
                trackers,
                () -> new FixedCadence(interval, /* phase= */ 0),
                SILENCE,
                new FlowLimits(Duration.ZERO, /* maxFrames= */ 100, /* maxBytes= */ 1_000),
                Overlap.NEVER);
        var harness = new KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow>(
                operator, task -> task.record.camera, Types.STRING, MAX_PARALLELISM, parallelism, subtask);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    /** The rows of a run that nobody disturbs. */
    List<TrackRow> undisturbed(List<String> cameras, int frames) throws Exception {
        try (var harness = open()) {
            run(harness, cameras, 0, frames);
            return List.copyOf(harness.extractOutputValues());
        }
    }

    /**
     * The rows of a run that is killed behind a checkpoint at frame {@code first}, goes on on two subtasks, and at frame {@code second} on
     * one again. What the killed one did behind the checkpoint is lost with it.
     */
    List<TrackRow> killedAndRescaled(List<String> cameras, int first, int second, int frames) throws Exception {
        List<TrackRow> rows = new ArrayList<>();
        OperatorSubtaskState one;
        try (var harness = open()) {
            run(harness, cameras, 0, first);
            rows.addAll(harness.extractOutputValues());
            one = harness.snapshot(1, 1);
            run(harness, cameras, first, first + 2);
        }
        List<OperatorSubtaskState> two = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var harness = open(repartitioned(one, 1, 2, subtask), 2, subtask)) {
                run(harness, ofSubtask(cameras, subtask), first, second);
                rows.addAll(harness.extractOutputValues());
                two.add(harness.snapshot(2, 2));
            }
        }
        OperatorSubtaskState both =
                AbstractStreamOperatorTestHarness.repackageState(two.toArray(OperatorSubtaskState[]::new));
        try (var harness = open(repartitioned(both, 2, 1, 0), 1, 0)) {
            run(harness, cameras, second, frames);
            rows.addAll(harness.extractOutputValues());
        }
        return rows;
    }

    private static OperatorSubtaskState repartitioned(OperatorSubtaskState state, int from, int to, int subtask) {
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(state, MAX_PARALLELISM, from, to, subtask);
    }

    private static List<String> ofSubtask(List<String> cameras, int subtask) {
        return cameras.stream()
                .filter(camera ->
                        KeyGroupRangeAssignment.assignKeyToParallelOperator(camera, MAX_PARALLELISM, 2) == subtask)
                .toList();
    }

    /** Frames of all cameras in turn, from one sequence up to before another. */
    void run(
            KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> harness,
            List<String> cameras,
            int from,
            int to)
            throws Exception {
        for (int sequence = from; sequence < to; sequence++) {
            for (String camera : cameras) {
                if (hasPicture.test(sequence)) {
                    seen(harness, camera, sequence);
                } else {
                    skipped(harness, camera, sequence);
                }
            }
        }
    }

    /** A frame with a picture. */
    static void seen(
            KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> harness, String camera, long sequence)
            throws Exception {
        harness.processElement(seenTask(camera, sequence), sequence * 100);
    }

    /** A frame that the gateway sent without. */
    static void skipped(
            KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> harness, String camera, long sequence)
            throws Exception {
        harness.processElement(skippedTask(camera, sequence), sequence * 100);
    }

    static FrameTask seenTask(String camera, long sequence) {
        return TestingFrames.task(TestingFrames.sent(camera, sequence));
    }

    static FrameTask skippedTask(String camera, long sequence) {
        return TestingFrames.task(TestingFrames.unsent(camera, sequence, Disposition.SKIPPED));
    }
}
