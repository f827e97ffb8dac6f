package dev.framewise.toolkit.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;

/** What a network is to learn: a loss for every step. Called on the trainer's thread. */
public interface TrainingTask {
    /**
     * The loss of one batch. Everything random in it must come from the step alone, else a resumed training differs.
     *
     * @param step from 1
     * @param memory of this step; all arrays made in it are freed behind the step
     * @param network takes pictures [batch, 3, height, width] and gives the outputs by name, ready to be trained
     */
    Losses losses(long step, NDManager memory, Function<NDArray, Map<String, NDArray>> network) throws IOException;

    /**
     * A loss.
     *
     * @param total one number, to be made smaller
     * @param parts what it is made of, for the log and the curves, in a fixed order
     */
    record Losses(NDArray total, Map<String, NDArray> parts) {}
}
