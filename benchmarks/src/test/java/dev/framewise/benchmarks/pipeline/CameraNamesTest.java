package dev.framewise.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CameraNamesTest {
    @Test
    void camerasAreSpreadOverPartitionsAndSubtasks() {
        List<String> names = CameraNames.spread(/* cameras= */ 4, /* parallelism= */ 2);
        assertThat(names).hasSize(4).doesNotHaveDuplicates();
        assertThat(names).extracting(name -> CameraNames.partition(name, 2)).containsExactly(0, 1, 0, 1);
        assertThat(names).extracting(name -> CameraNames.subtask(name, 2)).containsExactly(0, 1, 0, 1);
    }
}
