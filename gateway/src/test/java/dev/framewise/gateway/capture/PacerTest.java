package dev.framewise.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.gateway.TestingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacerTest {
    private final TestingClock time = new TestingClock();
    private final List<Long> sleepsMillis = new ArrayList<>();
    private final Pacer pacer = Pacer.at(
            /* framesPerSecond= */ 10, time, nanos -> {
                sleepsMillis.add(nanos / 1_000_000);
                time.advance(Duration.ofNanos(nanos));
            });

    @Test
    void waitsUntilThePictureIsDue() throws InterruptedException {
        pacer.await();
        time.advance(Duration.ofMillis(30));
        pacer.await();
        pacer.await();

        assertThat(sleepsMillis).containsExactly(70L, 100L);
    }

    @Test
    void catchesUpWithoutWaiting() throws InterruptedException {
        pacer.await();
        time.advance(Duration.ofMillis(250));
        pacer.await();
        pacer.await();
        pacer.await();

        assertThat(sleepsMillis).containsExactly(50L);
    }
}
