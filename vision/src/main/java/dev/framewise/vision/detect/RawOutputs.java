package dev.framewise.vision.detect;

import java.nio.FloatBuffer;

/**
 * What a run left of one image: each output of the model as floats, in the model's order. An output whose rows belong to all images of
 * the run, such as [rows, 7], is there whole.
 *
 * @param floats values of each output, absolute reads from index 0
 * @param rows of each output: the size of its first dimension behind the batch, or of the first where the rows belong to all images;
 *     1 where there is none
 * @param image index of the image in its run, from 0
 */
record RawOutputs(FloatBuffer[] floats, int[] rows, int image) {
    /** One output of one image. */
    static RawOutputs of(FloatBuffer floats, int rows) {
        return new RawOutputs(new FloatBuffer[] {floats}, new int[] {rows}, /* image= */ 0);
    }
}
