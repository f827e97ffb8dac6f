package dev.framewise.toolkit.inspect;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.framewise.toolkit.inspect.ModelSummary.Value;
import dev.framewise.toolkit.shape.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A model's summary as JSON; what is not known is null. */
public final class SummaryJson {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private SummaryJson() {}

    /** Writes the file, replacing what was there. */
    public static void write(Path file, ModelSummary summary) throws IOException {
        MAPPER.writeValue(file.toFile(), of(summary));
    }

    static ObjectNode of(ModelSummary summary) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("file", summary.file().toString());
        root.put("sizeBytes", summary.sizeBytes());
        root.put("producer", summary.producer());
        root.put("irVersion", summary.irVersion());
        ObjectNode opsets = root.putObject("opsets");
        summary.opsets().forEach(opsets::put);
        values(root.putArray("inputs"), summary.inputs());
        values(root.putArray("outputs"), summary.outputs());
        root.put("head", summary.head().name().orElse(null));
        root.put("headProblem", summary.head().problem());
        root.put("parameters", summary.parameters());
        put(root, "multiplyAdds", summary.multiplyAdds());
        put(root, "flops", summary.flops());
        ObjectNode operators = root.putObject("operators");
        summary.operators().forEach(operators::put);
        ObjectNode uncounted = root.putObject("uncountedOperators");
        summary.uncounted().forEach(uncounted::put);
        ArrayNode layers = root.putArray("layers");
        for (Layer layer : summary.layers()) {
            ObjectNode node = layers.addObject();
            node.put("name", layer.name());
            node.put("operator", layer.operator());
            shape(node, "output", layer.output());
            node.put("parameters", layer.parameters());
            put(node, "multiplyAdds", layer.multiplyAdds());
        }
        return root;
    }

    private static void values(ArrayNode array, List<Value> values) {
        for (Value value : values) {
            ObjectNode node = array.addObject();
            node.put("name", value.name());
            node.put("type", value.type());
            shape(node, "shape", value.shape());
        }
    }

    /** A known size is a number, an unknown one its name. */
    private static void shape(ObjectNode node, String key, Optional<Shape> shape) {
        if (shape.isEmpty()) {
            node.putNull(key);
            return;
        }
        ArrayNode sizes = node.putArray(key);
        for (int i = 0; i < shape.get().rank(); i++) {
            if (shape.get().size(i) == Shape.UNKNOWN) {
                sizes.add(shape.get().text(i));
            } else {
                sizes.add(shape.get().size(i));
            }
        }
    }

    private static void put(ObjectNode node, String key, OptionalLong value) {
        if (value.isPresent()) {
            node.put(key, value.getAsLong());
        } else {
            node.putNull(key);
        }
    }
}
