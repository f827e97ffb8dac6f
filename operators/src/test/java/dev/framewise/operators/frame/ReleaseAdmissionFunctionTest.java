package dev.framewise.operators.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.operators.model.TestingReleases;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.RecordCodec;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ReleaseAdmissionFunctionTest {
    @Test
    void releasesTravelAmongTheFramesInTheirPlace() throws Exception {
        ModelRelease release = TestingReleases.offered("2").build();
        try (var harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(
                        new ReleaseAdmissionFunction(Duration.ofSeconds(1)),
                        List.of(new MapStateDescriptor<>("no-state", Types.STRING, Types.STRING))),
                (FrameRecord frame) -> frame.camera,
                (ModelRelease none) -> "",
                Types.STRING)) {
            harness.open();
            harness.processElement1(new StreamRecord<>(TestingFrames.sent("door", 0), 0));
            harness.processElement2(new StreamRecord<>(release));
            harness.processElement1(new StreamRecord<>(TestingFrames.sent("door", 1), 100));
            harness.processElement1(new StreamRecord<>(TestingFrames.sent("door", 1), 100));
            List<FrameTask> tasks = harness.extractOutputValues();
            assertThat(tasks)
                    .extracting(task -> task.record.camera)
                    .containsExactly("door", "release-0", "door", "door");
            assertThat(tasks.get(3).fate).isEqualTo(Fate.DUPLICATE);
            assertThat(new RecordCodec<>(ModelRelease.class).decode(tasks.get(1).release))
                    .isEqualTo(release);
        }
    }

    @Test
    void aReleasesKeyIsOneOfItsSubtask() {
        for (int parallelism : new int[] {1, 2, 7, 16}) {
            for (int subtask = 0; subtask < parallelism; subtask++) {
                String key = ReleaseAdmissionFunction.keyOf(subtask, parallelism, /* maxParallelism= */ 128);
                assertThat(KeyGroupRangeAssignment.assignKeyToParallelOperator(key, 128, parallelism))
                        .isEqualTo(subtask);
            }
        }
    }
}
