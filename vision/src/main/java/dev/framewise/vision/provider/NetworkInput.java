package dev.framewise.vision.provider;

/**
 * What a provider may have to know of a network to prepare it.
 *
 * @param modelSha256 hash of the model's file
 * @param name of its input
 * @param height of the input, pixels
 * @param width of the input, pixels
 * @param leastBatch smallest batch that it will be run with
 * @param maxBatch largest
 */
public record NetworkInput(String modelSha256, String name, int height, int width, int leastBatch, int maxBatch) {
    /** A shape as TensorRT's profiles write it. */
    String profile(int batch) {
        return name + ":" + batch + "x3x" + height + "x" + width;
    }
}
