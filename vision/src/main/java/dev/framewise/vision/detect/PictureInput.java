package dev.framewise.vision.detect;

import java.nio.file.Path;
import java.util.Arrays;

/** The input of a network that takes pictures: FLOAT [batch or -1, 3, height, width], of sizes that a frame may have. */
final class PictureInput {
    static final int CHANNELS = 3;

    /** No camera has more, and memory for one such picture is 768 MiB: a file that asks for more is no use, or no friend. */
    private static final int MOST_SIDE = 8_192;

    /** As many slots as a detector may have. */
    private static final int MOST_BATCH = 256;

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
                && shape[0] <= MOST_BATCH
                && shape[1] == CHANNELS
                && isSide(shape[2])
                && isSide(shape[3])) {
            return shape;
        }
        throw new ModelException(model + ": expected an input of FLOAT [batch or -1, 3, height, width]; found " + name
                + " " + type + " " + Arrays.toString(shape)
                + ". Export the model for pictures of one size, with float inputs, sides of 1 to " + MOST_SIDE
                + " and batches of 1 to " + MOST_BATCH + ".");
    }

    private static boolean isSide(long pixels) {
        return pixels > 0 && pixels <= MOST_SIDE;
    }
}
