package dev.framewise.gateway.directive;

import static dev.framewise.gateway.TestingDirectives.directive;
import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.gateway.TestingClock;
import dev.framewise.schemas.Directive;
import dev.framewise.thermal.DirectivePolicy;
import dev.framewise.thermal.TemperatureReading;
import dev.framewise.thermal.ThermalOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeviceThrottleTest {
    private final TestingClock time = new TestingClock();
    private final DeviceThrottle throttle =
            new DeviceThrottle(DirectivePolicy.linear(ThermalOptions.defaults()), time, time);

    @Test
    void withoutAnythingItIsHot() {
        assertThat(throttle.current().frameRateFactor()).isEqualTo(0.2);
        assertThat(throttle.appliedDirectiveMicros()).isNull();
    }

    @Test
    void withoutADirectiveItFollowsItsOwnThermometerEveryCheckInterval() {
        read(60);
        assertThat(throttle.current().frameRateFactor()).isEqualTo(1);

        read(80);
        time.advance(Duration.ofMillis(4_999));
        assertThat(throttle.current().frameRateFactor()).isEqualTo(1);

        time.advance(Duration.ofMillis(1));
        assertThat(throttle.current().frameRateFactor()).isEqualTo(0.5);
    }

    @Test
    void aDirectiveRulesWhileItIsValidAndNoLonger() {
        read(80);
        long issued = time.micros();
        assertThat(throttle.obey(directive("board-1", issued, 0.9, 3))).isTrue();

        assertThat(throttle.current().frameRateFactor()).isEqualTo(0.9);
        assertThat(throttle.current().detectorInterval()).isEqualTo(3);
        assertThat(throttle.appliedDirectiveMicros()).isEqualTo(issued);

        time.advance(Duration.ofSeconds(30));
        assertThat(throttle.current().frameRateFactor())
                .as("valid to its last moment")
                .isEqualTo(0.9);

        read(80);
        time.advance(Duration.ofNanos(1_000));
        assertThat(throttle.current().frameRateFactor()).as("local law at once").isEqualTo(0.5);
        assertThat(throttle.current().detectorInterval()).isEqualTo(1);
        assertThat(throttle.appliedDirectiveMicros()).isNull();
    }

    @Test
    void aClockThatIsSetBackMakesNoDirectiveLastLonger() {
        read(80);
        assertThat(throttle.obey(directive("board-1", time.micros(), 0.9, 3))).isTrue();
        time.setWall(time.instant().minus(Duration.ofHours(1)));
        time.advance(Duration.ofSeconds(29));
        assertThat(throttle.current().frameRateFactor()).isEqualTo(0.9);

        time.advance(Duration.ofSeconds(2));
        read(80);
        assertThat(throttle.current().frameRateFactor()).as("the local law").isEqualTo(0.5);
    }

    @Test
    void oneFromTheFarFutureBindsOnlyWhileItIsInForce() {
        long year = TimeUnit.DAYS.toMicros(365);
        assertThat(throttle.obey(directive("board-1", time.micros() + year, 0.9, 1)))
                .isTrue();
        assertThat(throttle.obey(directive("board-1", time.micros(), 0.5, 1))).isFalse();

        time.advance(Duration.ofSeconds(31));

        assertThat(throttle.obey(directive("board-1", time.micros(), 0.5, 1))).isTrue();
        assertThat(throttle.current().frameRateFactor()).isEqualTo(0.5);
    }

    @Test
    void whatItWantsOfThePicturesHoldsAsLong() {
        assertThat(throttle.pictures()).isEqualTo(PictureOrder.NONE);
        Directive wants = Directive.newBuilder(directive("board-1", time.micros(), 1, 1))
                .setJpegQuality(60)
                .setMaxWidth(320)
                .setModelVariant("int8")
                .build();
        throttle.obey(wants);
        assertThat(throttle.pictures()).isEqualTo(new PictureOrder(60, 320, "int8"));

        time.advance(Duration.ofSeconds(31));
        assertThat(throttle.pictures()).isEqualTo(PictureOrder.NONE);
    }

    @Test
    void aDeadThermometerGrowsStaleByItself() {
        read(60);
        assertThat(throttle.current().frameRateFactor()).isEqualTo(1);

        time.advance(Duration.ofSeconds(16));

        assertThat(throttle.current().frameRateFactor()).isEqualTo(0.2);
    }

    @Test
    void losingDirectivesAndThermometerDoesNotRestartAStoppedBoard() {
        throttle.obey(directive("board-1", time.micros(), 0, 1));
        assertThat(throttle.current().frameRateFactor()).isZero();

        time.advance(Duration.ofSeconds(31));

        assertThat(throttle.current().frameRateFactor()).isZero();
    }

    @Test
    void anOlderDirectiveComesTooLate() {
        throttle.obey(directive("board-1", time.micros(), 0.4, 1));

        assertThat(throttle.obey(directive("board-1", time.micros() - 1, 0.9, 1)))
                .isFalse();
        assertThat(throttle.current().frameRateFactor()).isEqualTo(0.4);
    }

    @Test
    void aWithdrawnDirectiveRulesNoMore() {
        read(60);
        throttle.obey(directive("board-1", time.micros(), 0.4, 1));
        throttle.withdraw();

        assertThat(throttle.current().frameRateFactor()).isEqualTo(1);
    }

    @Test
    void aClockSetBackDoesNotFreezeTheLocalLaw() {
        read(60);
        throttle.current();
        time.setWall(time.instant().minusSeconds(3600));
        read(80);

        assertThat(throttle.current().frameRateFactor()).isEqualTo(0.5);
    }

    private void read(double celsius) {
        throttle.read(new TemperatureReading(celsius, time.micros()));
    }
}
