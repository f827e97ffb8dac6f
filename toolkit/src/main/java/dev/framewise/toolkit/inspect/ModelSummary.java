package dev.framewise.toolkit.inspect;

import dev.framewise.toolkit.shape.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is in a model and what running it costs.
 *
 * @param file where it is
 * @param sizeBytes of the file and of the external data it uses
 * @param producer what wrote it, with its version; empty if it does not say
 * @param irVersion version of the file format
 * @param opsets versions of the operator sets, by domain
 * @param inputs what it takes, constants left out
 * @param outputs what it gives
 * @param head which of Framewise's heads reads its output
 * @param parameters numbers it has learned
 * @param operators how often it uses each operator, by name
 * @param uncounted operators whose cost is not in {@link #multiplyAdds()}
 * @param layers nodes that multiply and add or hold parameters, in the order they run
 */
public record ModelSummary(
        Path file,
        long sizeBytes,
        String producer,
        long irVersion,
        Map<String, Long> opsets,
        List<Value> inputs,
        List<Value> outputs,
        HeadSummary head,
        long parameters,
        Map<String, Integer> operators,
        Map<String, Integer> uncounted,
        List<Layer> layers) {
    /**
     * An input or output.
     *
     * @param name in the model
     * @param type of its elements, as ONNX names it, such as {@code FLOAT}
     * @param shape empty where the model does not say, and nobody can compute it
     */
    public record Value(String name, String type, Optional<Shape> shape) {}

    /**
     * How detections are read from the output.
     *
     * @param name of the head and its number of classes; empty where none reads it
     * @param problem why none does; empty where one does
     */
    public record HeadSummary(Optional<String> name, String problem) {}

    /** Multiply-adds of one run over all layers; empty if one of them is not known. */
    public OptionalLong multiplyAdds() {
        long sum = 0;
        for (Layer layer : layers) {
            if (layer.multiplyAdds().isEmpty()) {
                return OptionalLong.empty();
            }
            sum = Math.addExact(sum, layer.multiplyAdds().getAsLong());
        }
        return OptionalLong.of(sum);
    }

    /** Floating-point operations of one run, two for each multiply-add; empty if one of them is not known. */
    public OptionalLong flops() {
        OptionalLong multiplyAdds = multiplyAdds();
        return multiplyAdds.isEmpty() ? multiplyAdds : OptionalLong.of(2 * multiplyAdds.getAsLong());
    }

    /** Layers whose cost is not known. */
    public List<Layer> unknownLayers() {
        return layers.stream().filter(layer -> layer.multiplyAdds().isEmpty()).toList();
    }
}
