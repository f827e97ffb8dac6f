package dev.framewise.vision.detect;

import java.nio.file.Path;
import java.util.Arrays;

/** The input of a network that takes pictures: FLOAT [batch or -1, 3, height, width]. */
final class PictureInput {
    static final int CHANNELS = 3;

    private static final String FLOAT = "FLOAT";

    private PictureInput() {}

    /**
     * The shape, if it is one of pictures.
     *
     * @param type what its elements are called
     * @param shape -1 where a size is open
     * @throws ModelException otherwise, with what was expected and found
     */
    static long[] require(Path model, String name, String type, long[] shape) throws ModelException {
        if (type.equals(FLOAT)
                && shape.length == 4
                && shape[0] != 0
                && shape[1] == CHANNELS
                && shape[2] > 0
                && shape[3] > 0) {
            return shape;
        }
        throw new ModelException(model + ": expected an input of FLOAT [batch or -1, 3, height, width]; found " + name
                + " " + type + " " + Arrays.toString(shape)
                + ". Export the model for pictures of one size, with float inputs.");
    }
}
