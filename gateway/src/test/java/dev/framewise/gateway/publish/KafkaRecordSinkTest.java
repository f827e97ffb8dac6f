package dev.framewise.gateway.publish;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.framewise.gateway.GatewayException;
import dev.framewise.gateway.config.KafkaSettings;
import dev.framewise.schemas.Topic;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaRecordSinkTest {
    /** Nobody listens on port 1. */
    private static final KafkaSettings NO_BROKER = new KafkaSettings("127.0.0.1:1", Map.of("max.block.ms", "200"));

    @Test
    void theFirstFailureIsKeptAndThrownFromThenOn() {
        try (KafkaRecordSink sink = new KafkaRecordSink(NO_BROKER)) {
            sink.send(Topic.FRAMES, "gate", /* timestampMillis= */ 0, new byte[] {1});

            Throwable first = catchThrowable(sink::flush);
            assertThatThrownBy(sink::flush).isSameAs(first);
            assertThatThrownBy(() -> sink.send(Topic.TELEMETRY, "board-1", 0, new byte[] {2}))
                    .isSameAs(first)
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("topic frames, key gate: not delivered to 127.0.0.1:1");
        }
    }

    @Test
    void settingsThatMakeNoClientAreNamed() {
        KafkaSettings wrong = new KafkaSettings("no port here", Map.of());

        assertThatThrownBy(() -> new KafkaRecordSink(wrong))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("check kafka.bootstrap and kafka.properties");
    }
}
