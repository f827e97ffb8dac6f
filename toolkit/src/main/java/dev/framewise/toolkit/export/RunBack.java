package dev.framewise.toolkit.export;

import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.util.List;

/** An exported model, run by the runtime it is for. One thread. */
@FunctionalInterface
interface RunBack {
    /**
     * Runs it on each input.
     *
     * @param inputs [3, height, width] each, as the float model takes them
     * @return for each input the values of each output, in the float model's order and layout
     * @throws ModelException if that runtime does not take the model, or gives something of another size
     */
    List<List<float[]>> run(List<float[]> inputs) throws ModelException, IOException, InterruptedException;
}
