package dev.framewise.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class InterruptionTest {
    @Test
    void theFirstSignalIsAWish() throws InterruptedException {
        try (Interruption interruption = new Interruption()) {
            assertThat(interruption.isWished()).isFalse();
            assertThat(interruption.await(Duration.ZERO)).isFalse();

            interruption.wish();

            assertThat(interruption.isWished()).isTrue();
            assertThat(interruption.await(Duration.ZERO)).isTrue();
        }
    }
}
