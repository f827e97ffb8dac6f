package dev.framewise.operators.perception;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatermarkGateTest {
    private final WatermarkGate gate = new WatermarkGate();
    private final List<Integer> released = new ArrayList<>();

    @Test
    void withNothingInFlightAWatermarkPassesAtOnce() {
        arrive(1);
        arrive(2);
        assertThat(released).containsExactly(1, 2);
    }

    @Test
    void aWatermarkWaitsForEveryFrameBeforeItAndForNoneBehind() {
        WatermarkGate.Segment first = gate.enter();
        WatermarkGate.Segment second = gate.enter();
        arrive(1);
        WatermarkGate.Segment behind = gate.enter();
        gate.leave(second);
        assertThat(released).isEmpty();
        gate.leave(first);
        assertThat(released).containsExactly(1);
        arrive(2);
        assertThat(released).containsExactly(1);
        gate.leave(behind);
        assertThat(released).containsExactly(1, 2);
    }

    @Test
    void watermarksKeepTheirOrderWhenFramesLeaveOutOfTurn() {
        WatermarkGate.Segment first = gate.enter();
        arrive(1);
        WatermarkGate.Segment second = gate.enter();
        arrive(2);
        arrive(3);
        gate.leave(second);
        assertThat(released).isEmpty();
        gate.leave(first);
        assertThat(released).containsExactly(1, 2, 3);
    }

    private void arrive(int watermark) {
        gate.arrive(() -> released.add(watermark));
    }
}
