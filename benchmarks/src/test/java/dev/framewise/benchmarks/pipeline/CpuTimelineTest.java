package dev.framewise.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.vision.detect.ThreadCpu;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CpuTimelineTest {
    @Test
    void workIsBookedOnTheGroupOfItsThread() throws Exception {
        CountDownLatch burnt = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        Thread task = new Thread(
                () -> {
                    burn(300);
                    burnt.countDown();
                    // a thread that has ended takes with it what it used since the last reading
                    awaitQuietly(read);
                },
                "inference (1/2)#0");
        CpuTimeline timeline = new CpuTimeline();
        long from = nowMicros();
        long to;
        try (timeline) {
            task.start();
            burnt.await();
            to = nowMicros();
        }
        read.countDown();
        task.join();
        Map<CpuGroup, Double> millis = timeline.between(from, to);
        // straight lines between readings blur what happened within them
        assertThat(millis.get(CpuGroup.TASKS)).isBetween(200.0, 310.0);
        assertThat(millis.get(CpuGroup.BROKER)).isZero();
        assertThatThrownBy(() -> timeline.between(from - 60_000_000, to)).hasMessageContaining("outside the readings");
    }

    private static void burn(long cpuMillis) {
        long end = ThreadCpu.nanos() + cpuMillis * 1_000_000;
        while (ThreadCpu.nanos() < end) {
            Thread.onSpinWait();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
