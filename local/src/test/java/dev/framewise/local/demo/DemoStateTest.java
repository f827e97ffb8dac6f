package dev.framewise.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.local.report.CameraReport;
import dev.framewise.local.report.DemoReport;
import dev.framewise.local.report.DeviceReport;
import dev.framewise.local.report.Percentiles;
import dev.framewise.local.report.Series;
import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.PowerSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class DemoStateTest {
    private final AtomicLong nanos = new AtomicLong();
    private final DemoState state = new DemoState(nanos::get, /* startNanos= */ 0);

    @Test
    void ratesAndTracksComeFromRows() {
        for (int sequence = 0; sequence <= 40; sequence++) {
            state.accept(sequence == 5 ? TestingRecords.row(5, 3, 1L, 2L, 3L) : TestingRecords.row(sequence, 1));
        }

        CameraReport camera = report(/* captured= */ 41).cameras().get(0);
        assertThat(camera.device()).isEqualTo(TestingRecords.DEVICE);
        assertThat(camera.fps()).isCloseTo(10, within(1e-9));
        assertThat(camera.tracks()).isEqualTo(3);
        assertThat(camera.frameRate().points())
                .extracting(Series.Point::value)
                .as("whole seconds only")
                .containsExactly(10.0, 10.0, 10.0);
        assertThat(state.bestRow(TestingRecords.CAMERA)).get().satisfies(row -> assertThat(row.getSequence())
                .isEqualTo(5));
    }

    @Test
    void latencyIsExactAndByTheSecond() {
        for (int sequence = 0; sequence < 100; sequence++) {
            state.accept(TestingRecords.row(sequence, 0));
            state.accept(TestingRecords.sample(sequence, 1_000L * (sequence + 1)));
        }

        DemoReport report = report(/* captured= */ 100);
        CameraReport camera = report.cameras().get(0);
        assertThat(camera.latencyMillis()).isEqualTo(new Percentiles(50, 95, 99));
        assertThat(camera.latency().points()).hasSize(10).first().isEqualTo(new Series.Point(0.5, 5));
        assertThat(report.cpuMillisPerFrame())
                .containsExactly(
                        Map.entry("decode", 1.0),
                        Map.entry("letterbox", 0.5),
                        Map.entry("inference", 14.0),
                        Map.entry("postprocess", 0.1),
                        Map.entry("track", 0.02),
                        Map.entry("process", 33.0));
    }

    @Test
    void fatesOfAllWindowsAreAddedUp() {
        state.accept(TestingRecords.ledger(10, Map.of("INFERRED", 8L, "THROTTLED", 2L)));
        state.accept(TestingRecords.ledger(5, Map.of("INFERRED", 5L, "DUPLICATE", 1L)));

        CameraReport camera = report(/* captured= */ 16).cameras().get(0);
        assertThat(camera.fates())
                .containsOnly(
                        Map.entry(Fate.INFERRED, 13L), Map.entry(Fate.THROTTLED, 2L), Map.entry(Fate.DUPLICATE, 1L));
        assertThat(camera.imbalance())
                .contains("camera gate captured 16 frames, but its fates add up to 15: 1 have none");
    }

    @Test
    void aCameraThatNeverArrivedStillHasARow() {
        CameraReport camera = report(/* captured= */ 3).cameras().get(0);
        assertThat(camera.imbalance()).get().asString().endsWith("3 have none");
        assertThat(camera.fps()).isNaN();
    }

    @Test
    void wattsAreAsGoodAsTheirWeakestSource() {
        state.accept(TestingRecords.row(0, 0));
        state.accept(TestingRecords.row(10, 0));
        state.accept(TestingRecords.telemetry(0, 60.0, 4.0, PowerSource.MEASURED));
        state.accept(TestingRecords.telemetry(1, 81.5, 6.0, PowerSource.ESTIMATED));
        state.accept(TestingRecords.telemetry(2, null, null, PowerSource.ESTIMATED));
        state.accept(TestingRecords.directive(0.35));
        state.accept(TestingRecords.directive(0.9));

        DeviceReport device = report(/* captured= */ 2).devices().get(0);
        assertThat(device.peakCelsius()).hasValue(81.5);
        assertThat(device.wattsSource()).isEqualTo(PowerSource.ESTIMATED);
        assertThat(device.fpsPerWatt()).hasValue(1.0 / 5);
        assertThat(device.directives()).isEqualTo(2);
        assertThat(device.lowestFrameRateFactor()).isEqualTo(0.35);
        assertThat(device.temperature().points()).hasSize(2);
        assertThat(state.status()).contains("board 81.5 °C, rate 90 %");
    }

    @Test
    void theFirstTrackIsTheFirstRowWithABox() {
        nanos.set(TimeUnit.SECONDS.toNanos(8));
        state.accept(TestingRecords.row(0, 0));
        assertThat(state.firstTrackSeconds()).isNaN();
        nanos.set(TimeUnit.SECONDS.toNanos(9));
        state.accept(TestingRecords.row(1, 1, 1L));
        nanos.set(TimeUnit.SECONDS.toNanos(10));
        state.accept(TestingRecords.row(2, 1));
        assertThat(state.firstTrackSeconds()).isEqualTo(9);
    }

    @Test
    void aRecordOfAnotherTopicIsABug() {
        assertThatThrownBy(() -> state.accept(new DeadLetter()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DeadLetter");
    }

    private DemoReport report(long captured) {
        return state.report(Map.of(TestingRecords.CAMERA, captured), Map.of(), /* processCpuMillisPerFrame= */ 33);
    }
}
