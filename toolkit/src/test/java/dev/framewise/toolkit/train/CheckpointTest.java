package dev.framewise.toolkit.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("checkpoint.bin");
        Checkpoint.write(file, "recipe", state());
    }

    private static TrainingState state() {
        TrainingState state = new TrainingState(new float[] {1, -2.5f}, new float[] {3});
        state.step = 42;
        state.firstMoments[1] = 0.25f;
        state.secondMoments[0] = 1e-9f;
        state.averageWeights[0] = 7;
        return state;
    }

    private static TrainingState empty() {
        return new TrainingState(new float[2], new float[1]);
    }

    @Test
    void keepsEverything() throws IOException {
        TrainingState read = empty();

        Checkpoint.read(file, "recipe", read);

        assertThat(read.step()).isEqualTo(42);
        assertThat(read.arrays()).isDeepEqualTo(state().arrays());
    }

    @Test
    void checkpointsOfVersionOneAreReadForEver() throws IOException {
        try (InputStream committed = CheckpointTest.class.getResourceAsStream("checkpoint-1.bin")) {
            Files.write(file, committed.readAllBytes());
        }
        TrainingState read = empty();

        Checkpoint.read(file, "recipe", read);

        assertThat(read.step()).isEqualTo(42);
        assertThat(read.arrays()).isDeepEqualTo(state().arrays());
    }

    @Test
    void anotherRecipeIsRefusedWithBoth() {
        assertThatThrownBy(() -> Checkpoint.read(file, "other", empty()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("Found: recipe")
                .hasMessageContaining("Expected: other");
    }

    @Test
    void anotherNetworkIsRefused() {
        assertThatThrownBy(() -> Checkpoint.read(file, "recipe", new TrainingState(new float[3], new float[1])))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("2 numbers where the network has 3");
    }

    @Test
    void truncatedLongerAndForeignFilesAreRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(file);

        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> Checkpoint.read(file, "recipe", empty())).hasMessageContaining("ends too early");
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
        assertThatThrownBy(() -> Checkpoint.read(file, "recipe", empty()))
                .hasMessageContaining("goes on behind its end");
        Files.write(file, new byte[64]);
        assertThatThrownBy(() -> Checkpoint.read(file, "recipe", empty())).hasMessageContaining("is no checkpoint");
        bytes[7] = 9;
        Files.write(file, bytes);
        assertThatThrownBy(() -> Checkpoint.read(file, "recipe", empty())).hasMessageContaining("version 9");
    }
}
