package dev.framewise.vision.provider;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What runs the network: ONNX Runtime's execution providers that Framewise knows. */
public enum ExecutionProvider {
    CPU,
    CUDA,
    TENSORRT,
    OPENVINO,
    XNNPACK;

    /** The name in records, metrics and configuration: lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The provider of that name, whatever its case. */
    static Optional<ExecutionProvider> find(String name) {
        return Arrays.stream(values())
                .filter(provider -> provider.name().equalsIgnoreCase(name.strip()))
                .findFirst();
    }

    /** All names, for messages. */
    static String names() {
        return Arrays.stream(values()).map(ExecutionProvider::id).collect(Collectors.joining(", "));
    }
}
