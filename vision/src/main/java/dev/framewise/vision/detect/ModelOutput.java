package dev.framewise.vision.detect;

import java.util.Arrays;

/**
 * One output of a model.
 *
 * @param name its name
 * @param integer whether it holds whole numbers, such as class indices
 * @param sizes shape for a batch of one; -1 in front where rows belong to all images of a run, -1 behind where their number is another
 *     in each run
 */
record ModelOutput(String name, boolean integer, long[] sizes) {
    static final long OPEN = -1;

    /** An output of floats whose name does not matter. */
    static ModelOutput of(long... sizes) {
        return new ModelOutput("output", /* integer= */ false, sizes);
    }

    /** Whether it has that shape; -1 takes any size. */
    boolean is(long... wanted) {
        boolean same = sizes.length == wanted.length;
        for (int i = 0; same && i < wanted.length; i++) {
            same = wanted[i] == OPEN || wanted[i] == sizes[i];
        }
        return same;
    }

    /** Number of floats of one image; only where nothing is open. */
    int floats() {
        return Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
    }

    @Override
    public String toString() {
        return name + " " + Arrays.toString(sizes) + (integer ? " of integers" : "");
    }
}
