package dev.framewise.operators.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.operators.metric.OperatorCounter;
import dev.framewise.schemas.Directive;
import dev.framewise.schemas.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.Collector;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectiveDeserializerTest {
    private final List<Steering> read = new ArrayList<>();
    private final Counter unreadable = new SimpleCounter();
    private final DirectiveDeserializer deserializer = new DirectiveDeserializer();

    @BeforeEach
    void open() {
        deserializer.open(new Context());
    }

    @Test
    void aDirectiveIsForTheBoardOfItsKeyAndATombstoneWithdrawsIt() {
        deserialize("pi-1", encoded("pi-1", /* interval= */ 3));
        deserialize("pi-1", /* value= */ null);

        assertThat(read).extracting(steering -> steering.device).containsExactly("pi-1", "pi-1");
        assertThat(read.get(0).directive.getDetectorInterval()).isEqualTo(3);
        assertThat(read.get(1).directive).isNull();
        assertThat(unreadable.getCount()).isZero();
    }

    @Test
    void whatMakesNoSenseIsCountedAndChangesNothing() {
        deserialize("pi-1", new byte[] {1, 2, 3});
        deserialize("pi-1", encoded("pi-2", /* interval= */ 3));
        deserialize("pi-1", encoded("pi-1", /* interval= */ 0));

        assertThat(read).isEmpty();
        assertThat(unreadable.getCount()).isEqualTo(3);
    }

    private void deserialize(String key, byte[] value) {
        deserializer.deserialize(
                new ConsumerRecord<>("directives", 0, 0, key.getBytes(StandardCharsets.UTF_8), value), collector());
    }

    private Collector<Steering> collector() {
        return new Collector<>() {
            @Override
            public void collect(Steering steering) {
                read.add(steering);
            }

            @Override
            public void close() {}
        };
    }

    private static byte[] encoded(String device, int interval) {
        return new RecordCodec<>(Directive.class)
                .encode(Directive.newBuilder()
                        .setDevice(device)
                        .setIssuedAtMicros(1)
                        .setValidUntilMicros(2)
                        .setFrameRateFactor(1)
                        .setDetectorInterval(interval)
                        .setReason("a test")
                        .build());
    }

    /** A metric group that hands out the test's counter. */
    private final class Context implements DeserializationSchema.InitializationContext {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup() {
                @Override
                public Counter counter(String name) {
                    assertThat(name).isEqualTo(OperatorCounter.UNREADABLE_RECORDS.metricName());
                    return unreadable;
                }
            };
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(DirectiveDeserializerTest.class.getClassLoader());
        }
    }
}
