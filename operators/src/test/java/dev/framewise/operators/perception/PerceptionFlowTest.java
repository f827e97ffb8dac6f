package dev.framewise.operators.perception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.TestingFrames;
import dev.framewise.operators.inference.Batcher;
import dev.framewise.operators.inference.MicroBatcher;
import dev.framewise.operators.inference.OverlappedBatcher;
import dev.framewise.operators.inference.TestingSession;
import dev.framewise.operators.tracking.CadenceFactory;
import dev.framewise.operators.tracking.FrameTracking;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.BoxProblem;
import dev.framewise.vision.track.ByteTrackOptions;
import dev.framewise.vision.track.ByteTracker;
import dev.framewise.vision.track.FixedCadence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerceptionFlowTest {
    private static final Duration BUDGET = Duration.ofMillis(20);
    private static final CadenceFactory EVERY_FRAME = () -> new FixedCadence(1, 0);
    private static final CadenceFactory ONE_OF_THREE = () -> new FixedCadence(3, 0);
    private static final CadenceFactory BY_TRACKS = TestingCadence::new;
    private static final FlowLimits LIMITS = new FlowLimits(BUDGET, /* maxFrames= */ 100, /* maxBytes= */ 1_000);

    private final TestingHost host = new TestingHost();
    private long nowNanos;

    @Test
    void aBacklogOfOneCameraFillsABatch() {
        TestingSession session = new TestingSession(/* slots= */ 4);
        PerceptionFlow flow = flow(session, EVERY_FRAME, LIMITS);
        for (int sequence = 0; sequence < 4; sequence++) {
            accept(flow, "door", sequence);
        }
        assertThat(session.batches).containsExactly(4);
        assertThat(host.rows).extracting(TrackRow::getSequence).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void aCadenceThatNeedsTracksIsAskedOnlyWhenTheFrameBeforeWasTracked() {
        TestingSession session = new TestingSession(/* slots= */ 4);
        PerceptionFlow flow = flow(session, BY_TRACKS, LIMITS);
        FrameTask first = accept(flow, "door", 0);
        FrameTask second = accept(flow, "door", 1);
        assertThat(first.decision.looks()).isTrue();
        assertThat(second.decision).isNull();
        flow.run();
        assertThat(second.decision).isNotNull();
    }

    @Test
    void framesOfOtherCamerasDoNotWait() {
        PerceptionFlow flow = flow(new TestingSession(/* slots= */ 4), EVERY_FRAME, LIMITS);
        accept(flow, "door", 0);
        skip(flow, "yard", 0);
        skip(flow, "door", 1);
        assertThat(host.rows).extracting(TrackRow::getCamera).containsExactly("yard");
        flow.flush();
        assertThat(host.rowsByCamera().get("door"))
                .extracting(TrackRow::getFate)
                .containsExactly(Fate.INFERRED, Fate.PREDICTED);
    }

    @Test
    void whatIsAboveTheLimitOfFramesOrOfBytesRunsAtOnce() {
        TestingSession byFrames = new TestingSession(/* slots= */ 8);
        PerceptionFlow few = flow(byFrames, EVERY_FRAME, new FlowLimits(BUDGET, /* maxFrames= */ 2, 1_000));
        TestingSession byBytes = new TestingSession(/* slots= */ 8);
        PerceptionFlow small = flow(byBytes, EVERY_FRAME, new FlowLimits(BUDGET, 100, /* maxBytes= */ 2));
        for (int sequence = 0; sequence < 3; sequence++) {
            accept(few, "door", sequence);
            accept(small, "yard", sequence);
        }
        assertThat(byFrames.batches).containsExactly(3);
        assertThat(byBytes.batches).containsExactly(3);
    }

    @Test
    void aFrameWhoseBudgetIsSpentWhenTheNextArrivesWaitsNoLonger() {
        TestingSession session = new TestingSession(/* slots= */ 8);
        PerceptionFlow flow = flow(session, EVERY_FRAME, LIMITS);
        accept(flow, "door", 0);
        nowNanos += BUDGET.toNanos();
        skip(flow, "yard", 0);
        assertThat(session.batches).containsExactly(1);
    }

    @Test
    void aCorruptPictureHoldsUpNobody() {
        PerceptionFlow flow = flow(new TestingSession(/* slots= */ 2), EVERY_FRAME, LIMITS);
        accept(flow, "door", 0xFF);
        accept(flow, "yard", 0);
        accept(flow, "yard", 0xFF);
        skip(flow, "yard", 0x100);
        flow.flush();
        assertThat(host.fates)
                .extracting(event -> event.fate)
                .containsExactly(Fate.DEAD_LETTERED, Fate.INFERRED, Fate.DEAD_LETTERED, Fate.PREDICTED);
    }

    @Test
    void boxesThatAreNoneAreCountedByTheirFaultAndTheFrameGoesOnWithoutThem() {
        float nan = Float.NaN;
        TestingSession bad = new TestingSession(/* slots= */ 1) {
            @Override
            public void finish(int slot, FrameTask task) {
                super.finish(slot, task);
                task.boxesXyxy = new float[] {
                    nan,
                    0,
                    9,
                    9,
                    0,
                    0,
                    Float.POSITIVE_INFINITY,
                    9,
                    9,
                    9,
                    1,
                    1,
                    0,
                    0,
                    9,
                    0,
                    0,
                    0,
                    9,
                    9,
                    0,
                    0,
                    9,
                    9,
                    0,
                    0,
                    9,
                    9
                };
                task.scores = new float[] {0.9f, 0.9f, 0.9f, 0.9f, nan, 1.5f, 0.9f};
                task.classIds = new int[7];
            }
        };
        accept(flow(bad, EVERY_FRAME, LIMITS), "door", 0);
        assertThat(host.rows).singleElement().satisfies(row -> {
            assertThat(row.getFate()).isEqualTo(Fate.INFERRED);
            assertThat(row.getBoxes()).hasSize(1);
        });
        assertThat(host.refused)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(BoxProblem.NOT_FINITE, 2, BoxProblem.NO_SIZE, 2, BoxProblem.ABSURD_SCORE, 2));
    }

    /** The heart of the matter: batches of any size, cut anywhere, give each camera the same rows. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8})
    void howFramesAreBatchedShowsInNoRow(int slots) {
        for (CadenceFactory cadence : List.of(EVERY_FRAME, ONE_OF_THREE, BY_TRACKS)) {
            Map<String, List<TrackRow>> alone = rows(/* slots= */ 1, cadence, LIMITS, /* seed= */ 0);
            assertThat(alone.values().stream().mapToInt(List::size).sum()).isGreaterThan(300);
            for (int seed = 1; seed <= 5; seed++) {
                FlowLimits limits = new FlowLimits(BUDGET, /* maxFrames= */ 3 * seed, /* maxBytes= */ 4L * seed);
                assertThat(rows(slots, cadence, limits, seed)).isEqualTo(alone);
            }
        }
    }

    /** The same with a second session and a thread whose runs end whenever they do. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void norWhetherTheNextBatchIsDecodedMeanwhile(int slots) {
        for (CadenceFactory cadence : List.of(EVERY_FRAME, ONE_OF_THREE, BY_TRACKS)) {
            Map<String, List<TrackRow>> alone = rows(/* slots= */ 1, cadence, LIMITS, /* seed= */ 0);
            for (int seed = 1; seed <= 5; seed++) {
                FlowLimits limits = new FlowLimits(BUDGET, /* maxFrames= */ 3 * seed, /* maxBytes= */ 4L * seed);
                try (Batcher overlapped = new OverlappedBatcher(
                        new TestingSession(slots),
                        new TestingSession(slots),
                        BUDGET,
                        System::nanoTime,
                        (frames, wait, run) -> {},
                        () -> {})) {
                    assertThat(rows(overlapped, cadence, limits, seed)).isEqualTo(alone);
                }
            }
        }
    }

    /** 400 frames of five cameras, always the same; the seed says when batches are cut. */
    private Map<String, List<TrackRow>> rows(int slots, CadenceFactory cadence, FlowLimits limits, int seed) {
        return rows(batcher(new TestingSession(slots), limits), cadence, limits, seed);
    }

    private Map<String, List<TrackRow>> rows(Batcher batcher, CadenceFactory cadence, FlowLimits limits, int seed) {
        TestingHost fresh = new TestingHost();
        PerceptionFlow flow = flow(batcher, cadence, limits, fresh);
        Random frames = new Random(/* seed= */ 7);
        Random cuts = new Random(seed);
        long[] sequences = new long[5];
        for (int i = 0; i < 400; i++) {
            int camera = frames.nextInt(5);
            long sequence = sequences[camera]++;
            if (frames.nextInt(4) == 0) {
                skip(flow, "camera-" + camera, sequence);
            } else {
                accept(flow, "camera-" + camera, sequence);
            }
            switch (cuts.nextInt(12)) {
                case 0 -> flow.run();
                case 1 -> flow.flush();
                case 2 -> nowNanos += BUDGET.toNanos();
                case 3 -> flow.ended();
                default -> {}
            }
        }
        flow.flush();
        return fresh.rowsByCamera();
    }

    private PerceptionFlow flow(TestingSession session, CadenceFactory cadence, FlowLimits limits) {
        return flow(batcher(session, limits), cadence, limits, host);
    }

    private Batcher batcher(TestingSession session, FlowLimits limits) {
        return new MicroBatcher(session, limits.budget(), () -> nowNanos, (frames, wait, run) -> {});
    }

    private static PerceptionFlow flow(Batcher batcher, CadenceFactory cadence, FlowLimits limits, TestingHost out) {
        FrameTracking tracking = new FrameTracking(
                () -> new ByteTracker(ByteTrackOptions.defaults()), cadence, Duration.ofSeconds(30), out);
        return new PerceptionFlow(batcher, tracking, out, new WatermarkGate(), limits);
    }

    private static FrameTask accept(PerceptionFlow flow, String camera, long sequence) {
        FrameTask task = TestingFrames.task(TestingFrames.sent(camera, sequence));
        return accept(flow, task);
    }

    private static void skip(PerceptionFlow flow, String camera, long sequence) {
        accept(flow, TestingFrames.task(TestingFrames.unsent(camera, sequence, Disposition.SKIPPED)));
    }

    private static FrameTask accept(PerceptionFlow flow, FrameTask task) {
        task.cost.model = "testing";
        task.cost.precision = "fp32";
        task.cost.provider = "cpu";
        flow.accept(task, task.record.capturedAtMicros / 1_000);
        return task;
    }
}
