package dev.framewise.gateway.board;

import static dev.framewise.gateway.TestingDirectives.directive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.gateway.GatewayException;
import dev.framewise.gateway.TestingClock;
import dev.framewise.gateway.TestingRecordSink;
import dev.framewise.gateway.capture.CameraStats;
import dev.framewise.gateway.directive.DeviceThrottle;
import dev.framewise.gateway.outbox.EventLog;
import dev.framewise.gateway.outbox.OutboxStats;
import dev.framewise.schemas.Directive;
import dev.framewise.schemas.PowerSource;
import dev.framewise.schemas.Telemetry;
import dev.framewise.schemas.Topic;
import dev.framewise.thermal.DirectivePolicy;
import dev.framewise.thermal.ThermalOptions;
import dev.framewise.thermal.sim.ReferenceBoard;
import dev.framewise.thermal.sim.ReferenceBoardOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TelemetryLoopTest {
    private final TestingClock time = new TestingClock();
    private final TestingRecordSink sink = new TestingRecordSink();
    private final DeviceThrottle throttle =
            new DeviceThrottle(DirectivePolicy.linear(ThermalOptions.defaults()), time, time);
    private final EventLog events = new EventLog(time::micros);
    private CameraStats frames = CameraStats.NONE;

    @Test
    void theSimulatedBoardIsHeatedByWhatIsSent() {
        ReferenceBoard expected = new ReferenceBoard(ReferenceBoardOptions.warm(50, 70));
        TelemetryLoop loop = loop(simulated(ReferenceBoardOptions.warm(50, 70), /* speed= */ 1));

        time.advance(Duration.ofSeconds(1));
        frames = new CameraStats(15, 5, 7, 3, 0, 5000);
        loop.tick();
        expected.advance(/* seconds= */ 1, /* framesPerSecond= */ 12, /* detectionsPerSecond= */ 5);

        Telemetry telemetry = sink.telemetry().get(0);
        assertThat(telemetry.getSocCelsius()).isCloseTo(expected.socCelsius(), within(1e-9));
        assertThat(telemetry.getPowerWatts()).isCloseTo(expected.powerWatts(), within(1e-9));
        assertThat(telemetry.getPowerSource()).isEqualTo(PowerSource.ESTIMATED);
        assertThat(telemetry.getUtilization()).isCloseTo(0.05 + 12 * 0.004 + 5 * 0.056, within(1e-9));
        assertThat(telemetry.getFpsCaptured()).isEqualTo(15);
        assertThat(telemetry.getFpsSent()).isEqualTo(5);
        assertThat(telemetry.getMeasuredAtMicros()).isEqualTo(time.micros());
        assertThat(telemetry.getAppliedDirectiveMicros()).isNull();
        assertThat(sink.of(Topic.TELEMETRY).get(0).key()).isEqualTo("board-1");
    }

    @Test
    void aFasterBoardHeatsFaster() {
        TelemetryLoop loop = loop(simulated(ReferenceBoardOptions.cold(40), /* speed= */ 60));

        time.advance(Duration.ofSeconds(10));
        frames = new CameraStats(150, 150, 0, 0, 0, 0);
        loop.tick();

        ReferenceBoard expected = new ReferenceBoard(ReferenceBoardOptions.cold(40));
        expected.advance(/* seconds= */ 600, 15, 15);
        assertThat(loop.lastReading().socCelsius()).isCloseTo(expected.socCelsius(), within(1e-9));
    }

    @Test
    void theLocalLawHearsEachReading() {
        loop(() -> new BoardReading(80, 0, 5, PowerSource.MEASURED, 0.5)).tick();

        assertThat(throttle.current().frameRateFactor()).isEqualTo(0.5);
    }

    @Test
    void aSensorThatFailsIsNoReadingAndCountsAsHot() {
        TelemetryLoop loop = loop(() -> {
            throw new IOException("/sys/class/thermal is gone");
        });

        loop.tick();

        Telemetry telemetry = sink.telemetry().get(0);
        assertThat(telemetry.getSocCelsius()).isNull();
        assertThat(telemetry.getPowerWatts()).isNull();
        assertThat(telemetry.getPowerSource()).isEqualTo(PowerSource.ABSENT);
        assertThat(throttle.current().frameRateFactor()).isEqualTo(0.2);
    }

    @Test
    void aBrokerThatFailsDoesNotBlindTheLocalLaw() {
        sink.fail(new GatewayException("no broker", null));
        TelemetryLoop loop = loop(() -> new BoardReading(80, 0, 5, PowerSource.MEASURED, 0.5));

        loop.tick();

        assertThat(loop.published()).isZero();
        assertThat(throttle.current().frameRateFactor()).isEqualTo(0.5);
    }

    @Test
    void theDirectiveInForceIsNamed() {
        long issued = time.micros();
        throttle.obey(Directive.newBuilder(directive("board-1", issued, 0.5, 1))
                .setJpegQuality(60)
                .setMaxWidth(320)
                .setModelVariant("int8")
                .build());

        loop(BoardSensors.NONE).tick();

        Telemetry telemetry = sink.telemetry().get(0);
        assertThat(telemetry.getAppliedDirectiveMicros()).isEqualTo(issued);
        assertThat(telemetry.getAppliedFrameRateFactor()).isEqualTo(0.5);
        assertThat(telemetry.getAppliedDetectorInterval()).isEqualTo(1);
        assertThat(telemetry.getAppliedJpegQuality()).isEqualTo(60);
        assertThat(telemetry.getAppliedMaxWidth()).isEqualTo(320);
        assertThat(telemetry.getAppliedModelVariant()).isEqualTo("int8");
    }

    @Test
    void picturesThatAreEvictedLaterMakeNoRateNegative() {
        frames = new CameraStats(100, 100, 0, 0, 0, 0);
        TelemetryLoop loop = loop(simulated(ReferenceBoardOptions.cold(25), /* speed= */ 1));
        time.advance(Duration.ofSeconds(1));
        frames = new CameraStats(110, 30, 0, 0, 80, 0);

        loop.tick();

        assertThat(sink.telemetry().get(0).getSocCelsius())
                .as("the simulated board was read")
                .isNotNull();
        assertThat(sink.telemetry().get(0).getFpsSent()).isZero();
        assertThat(sink.telemetry().get(0).getFpsCaptured()).isEqualTo(10);
    }

    @Test
    void whoRulesIsKeptOnTheDeviceWhenItChanges() {
        AtomicReference<Double> celsius = new AtomicReference<>(50.0);
        TelemetryLoop loop = loop(() -> new BoardReading(celsius.get(), 0, 5, PowerSource.MEASURED, 0.5));
        loop.tick();
        loop.tick();
        for (double hot : new double[] {77, 79, 81}) {
            celsius.set(hot);
            time.advance(Duration.ofSeconds(5));
            loop.tick();
        }
        throttle.obey(directive("board-1", time.micros(), 0.5, 1));
        loop.tick();
        time.advance(Duration.ofSeconds(31));
        loop.tick();

        assertThat(events.counts())
                .as("cool, hot, after the directive")
                .containsEntry(EventLog.Kind.LOCAL_LAW, 3L)
                .containsEntry(EventLog.Kind.DIRECTIVE_APPLIED, 1L);
    }

    private SimulatedBoard simulated(ReferenceBoardOptions options, double speed) {
        return new SimulatedBoard(new ReferenceBoard(options), speed, time, () -> frames);
    }

    private TelemetryLoop loop(BoardSensors sensors) {
        return new TelemetryLoop(
                "board-1",
                "simulated-pi5",
                /* bootEpochMicros= */ 7,
                sensors,
                throttle,
                sink,
                () -> OutboxStats.NONE,
                events,
                () -> frames,
                time,
                time);
    }
}
