package dev.framewise.vision.detect;

import java.util.List;

/**
 * What a detector runs.
 *
 * @param name file name without its ending
 * @param head family of the output layout, such as {@code yolox}
 * @param precision what it computes in: {@code filePrecision}, unless its provider was told otherwise
 * @param filePrecision {@code fp32}, {@code int8} (quantized nodes inside), or what the model's metadata names
 * @param inputWidth width of the network's input, pixels
 * @param inputHeight height of the network's input, pixels
 * @param fixedBatch the only batch size the model takes; 0 if it takes any
 * @param classCount number of classes
 * @param classNames name of each class, by index
 * @param sha256 hash of the file, 64 lower case hexadecimal digits
 * @param provider what runs it: {@code cpu}, {@code cuda}, {@code tensorrt}, {@code openvino} or {@code xnnpack}
 */
public record ModelInfo(
        String name,
        String head,
        String precision,
        String filePrecision,
        int inputWidth,
        int inputHeight,
        int fixedBatch,
        int classCount,
        List<String> classNames,
        String sha256,
        String provider) {
    public ModelInfo {
        classNames = List.copyOf(classNames);
    }
}
