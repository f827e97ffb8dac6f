package dev.framewise.operators.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.operators.tracking.FateEvent;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.LedgerWindow;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class LedgerFunctionTest {
    @Test
    void countsFatesPerCameraAndWindow() throws Exception {
        try (var harness = harness()) {
            harness.open();
            add(harness, "door", Fate.INFERRED, 1, 100);
            add(harness, "door", Fate.PREDICTED, 1, 200);
            add(harness, "yard", Fate.INFERRED, 1, 300);
            add(harness, "door", Fate.DUPLICATE, 0, 400);
            harness.processWatermark(10_000);
            assertThat(harness.extractOutputValues())
                    .extracting(LedgerWindow::getCamera, LedgerWindow::getCaptured, LedgerWindow::getFates)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple(
                                    "door", 2L, Map.of("INFERRED", 1L, "PREDICTED", 1L, "DUPLICATE", 1L)),
                            org.assertj.core.groups.Tuple.tuple("yard", 1L, Map.of("INFERRED", 1L)));
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void whatComesAfterItsWindowCountsInTheNext() throws Exception {
        try (var harness = harness()) {
            harness.open();
            add(harness, "door", Fate.INFERRED, 2, 100);
            harness.processWatermark(10_000);
            add(harness, "door", Fate.LATE, 0, 50);
            harness.processWatermark(20_000);
            LedgerWindow second = harness.extractOutputValues().get(1);
            assertThat(second.getWindowStartMicros()).isEqualTo(10_000_000);
            assertThat(second.getFates()).containsExactly(Map.entry("LATE", 1L));
        }
    }

    @Test
    void aWindowIsOfTheNewestEpochThoughABacklogIsOfAnEarlierOne() throws Exception {
        try (var harness = harness()) {
            harness.open();
            add(harness, "door", Fate.INFERRED, 1, 100);
            FateEvent old = event("door", Fate.INFERRED, 1, 50);
            old.bootEpoch = 0;
            harness.processElement(old, 50);
            harness.processWatermark(10_000);
            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .extracting(LedgerWindow::getBootEpoch, LedgerWindow::getCaptured)
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void anOpenWindowSurvivesARestore() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness()) {
            harness.open();
            add(harness, "door", Fate.INFERRED, 1, 100);
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = harness()) {
            harness.initializeState(snapshot);
            harness.open();
            add(harness, "door", Fate.INFERRED, 1, 200);
            harness.processWatermark(10_000);
            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .satisfies(window -> assertThat(window.getCaptured()).isEqualTo(2));
        }
    }

    private static void add(
            KeyedOneInputStreamOperatorTestHarness<String, FateEvent, LedgerWindow> harness,
            String camera,
            Fate fate,
            long captured,
            long millis)
            throws Exception {
        harness.processElement(event(camera, fate, captured, millis), millis);
    }

    private static FateEvent event(String camera, Fate fate, long captured, long millis) {
        FateEvent event = new FateEvent();
        event.device = "pi-1";
        event.camera = camera;
        event.bootEpoch = 1;
        event.fate = fate;
        event.newlyCaptured = captured;
        event.capturedAtMicros = millis * 1_000;
        return event;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, FateEvent, LedgerWindow> harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new LedgerFunction(Duration.ofSeconds(10))),
                event -> event.camera,
                Types.STRING);
    }
}
