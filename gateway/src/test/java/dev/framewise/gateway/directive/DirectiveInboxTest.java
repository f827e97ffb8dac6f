package dev.framewise.gateway.directive;

import static dev.framewise.gateway.TestingDirectives.directive;
import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.gateway.TestingClock;
import dev.framewise.schemas.Directive;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.thermal.DirectivePolicy;
import dev.framewise.thermal.ThermalOptions;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DirectiveInboxTest {
    private static final String DEVICE = "board-1";

    private final RecordCodec<Directive> codec = new RecordCodec<>(Directive.class);
    private final TestingClock time = new TestingClock();
    private final DeviceThrottle throttle =
            new DeviceThrottle(DirectivePolicy.linear(ThermalOptions.defaults()), time, time);
    private final DirectiveInbox inbox = new DirectiveInbox(DEVICE, throttle, time);

    @Test
    void aGoodOneIsApplied() {
        deliver(directive(DEVICE, time.micros(), 0.6, 2));

        assertThat(inbox.snapshot()).isEqualTo(new DirectiveStats(1, 0, 0, 0, 0, 0));
        assertThat(throttle.current().frameRateFactor()).isEqualTo(0.6);
    }

    @Test
    void everythingElseIsCountedAndChangesNothing() {
        long now = time.micros();
        byte[] good = codec.encode(directive(DEVICE, now, 0.6, 2));
        inbox.deliver("board-2", good, "here");
        inbox.deliver(null, good, "here");
        deliver(directive(DEVICE, now - 31_000_000L, 0.6, 2));
        inbox.deliver(DEVICE, new byte[] {1, 2, 3}, "here");
        inbox.deliver(DEVICE, Arrays.copyOf(good, good.length - 1), "here");
        deliver(directive(DEVICE, now, 1.5, 1));
        deliver(directive(DEVICE, now, Double.NaN, 1));
        deliver(directive(DEVICE, now, 0.6, 0));
        inbox.deliver(DEVICE, codec.encode(directive("board-2", now, 0.6, 1)), "here");
        deliver(Directive.newBuilder(directive(DEVICE, now, 0.6, 1))
                .setJpegQuality(0)
                .build());
        deliver(Directive.newBuilder(directive(DEVICE, now, 0.6, 1))
                .setJpegQuality(101)
                .build());
        deliver(Directive.newBuilder(directive(DEVICE, now, 0.6, 1))
                .setMaxWidth(15)
                .build());
        deliver(Directive.newBuilder(directive(DEVICE, now, 0.6, 1))
                .setModelVariant(" ")
                .build());

        assertThat(inbox.snapshot()).isEqualTo(new DirectiveStats(0, 0, 2, 1, 0, 10));
        assertThat(throttle.appliedDirectiveMicros()).isNull();
    }

    @Test
    void anOlderOneIsOutdated() {
        deliver(directive(DEVICE, time.micros(), 0.6, 1));
        deliver(directive(DEVICE, time.micros() - 5_000_000L, 0.9, 1));

        assertThat(inbox.snapshot().outdated()).isEqualTo(1);
        assertThat(throttle.current().frameRateFactor()).isEqualTo(0.6);
    }

    @Test
    void aTombstoneWithdraws() {
        deliver(directive(DEVICE, time.micros(), 0.6, 1));
        time.advance(Duration.ofSeconds(1));
        inbox.deliver(DEVICE, null, "here");

        assertThat(inbox.snapshot().withdrawn()).isEqualTo(1);
        assertThat(throttle.appliedDirectiveMicros()).isNull();
    }

    private void deliver(Directive directive) {
        inbox.deliver(DEVICE, codec.encode(directive), "here");
    }
}
