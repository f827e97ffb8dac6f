package dev.framewise.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InterruptionTest {
    @Test
    void theFirstSignalIsAWish() {
        try (Interruption interruption = new Interruption()) {
            assertThat(interruption.isWished()).isFalse();

            interruption.wish();

            assertThat(interruption.isWished()).isTrue();
        }
    }
}
