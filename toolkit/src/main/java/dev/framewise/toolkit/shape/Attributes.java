package dev.framewise.toolkit.shape;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;
import java.util.Optional;

/** The attributes of a node, by name. */
public record Attributes(NodeProto node) {
    public long integer(String name, long otherwise) {
        return find(name).map(AttributeProto::getI).orElse(otherwise);
    }

    /** The numbers, or {@code count} times {@code otherwise} where there are none. */
    long[] integers(String name, int count, long otherwise) {
        long[] filled = new long[count];
        Arrays.fill(filled, otherwise);
        return integers(name).orElse(filled);
    }

    Optional<long[]> integers(String name) {
        return find(name).map(attribute -> attribute.getIntsList().stream()
                .mapToLong(Long::longValue)
                .toArray());
    }

    String string(String name, String otherwise) {
        return find(name).map(attribute -> attribute.getS().toStringUtf8()).orElse(otherwise);
    }

    private Optional<AttributeProto> find(String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
    }
}
