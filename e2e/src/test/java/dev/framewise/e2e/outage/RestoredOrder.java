package dev.framewise.e2e.outage;

import dev.framewise.jobs.PerceptionOptions;
import dev.framewise.operators.frame.CameraPosition;
import dev.framewise.operators.frame.FrameAdmission;
import dev.framewise.operators.frame.FrameDeserializer;
import dev.framewise.operators.frame.FrameOrder;
import dev.framewise.operators.frame.FrameRecord;
import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.MissingFrames;
import dev.framewise.operators.frame.WaitingFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the perception job makes of a camera's records: its deserializer, its order and its admission, with its defaults. */
final class RestoredOrder {
    private RestoredOrder() {}

    /** One task per record, in the order in which the job lets them go on; those of each lane in its order. */
    static List<FrameTask> of(List<ConsumerRecord<byte[], byte[]>> records) {
        List<FrameRecord> read = new ArrayList<>();
        FrameDeserializer deserializer = new FrameDeserializer();
        deserializer.open(/* context= */ null);
        records.forEach(record -> deserializer.deserialize(record, new ListCollector<>(read)));
        PerceptionOptions defaults = new PerceptionOptions();
        FrameOrder order = new FrameOrder(new FrameAdmission(), defaults.outOfOrderness(), defaults.silence());
        CameraPosition position = new CameraPosition();
        Waiting waiting = new Waiting();
        MissingFrames missing = new MissingFrames();
        List<FrameTask> tasks = new ArrayList<>();
        read.forEach(record -> order.accept(record, position, waiting, () -> missing, tasks::add));
        while (position.waiting > 0) {
            order.expire(position, waiting, () -> missing, tasks::add);
        }
        tasks.removeIf(task -> task.endsLane);
        return tasks;
    }

    private static final class Waiting implements WaitingFrames {
        private final TreeMap<Long, FrameRecord> records = new TreeMap<>();

        @Override
        public boolean contains(long sequence) {
            return records.containsKey(sequence);
        }

        @Override
        public FrameRecord get(long sequence) {
            return records.get(sequence);
        }

        @Override
        public void put(FrameRecord record) {
            records.put(record.sequence, record);
        }

        @Override
        public FrameRecord remove(long sequence) {
            return records.remove(sequence);
        }

        @Override
        public long lowest() {
            return records.firstKey();
        }
    }
}
