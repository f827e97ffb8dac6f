package dev.framewise.benchmarks.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.kafka.common.utils.Utils;

/**
 * Names of cameras that hashing spreads evenly over the partitions of Kafka and the subtasks of Flink. With four cameras the luck
 * of names would else decide the throughput; a fleet of hundreds spreads by itself.
 */
public final class CameraNames {
    private CameraNames() {}

    /** Camera i gets partition and subtask i modulo {@code parallelism}. */
    public static List<String> spread(int cameras, int parallelism) {
        List<String> names = new ArrayList<>();
        for (int candidate = 0; names.size() < cameras; candidate++) {
            String name = "bench-" + candidate;
            int wanted = names.size() % parallelism;
            if (partition(name, parallelism) == wanted && subtask(name, parallelism) == wanted) {
                names.add(name);
            }
        }
        return names;
    }

    static int partition(String name, int partitions) {
        return Utils.toPositive(Utils.murmur2(name.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    static int subtask(String name, int parallelism) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                name, KeyGroupRangeAssignment.computeDefaultMaxParallelism(parallelism), parallelism);
    }
}
