package dev.framewise.vision.provider;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One execution provider and how it is to run. Written {@code tensorrt:fp16=true,workspace=2GB}; {@code toString} gives that form back,
 * and {@link #parse} reads it. All keys are in {@code docs/execution-providers.md}.
 */
public sealed interface ProviderOptions
        permits CpuOptions, CudaOptions, TensorRtOptions, OpenVinoOptions, XnnpackOptions {
    ExecutionProvider provider();

    /** What differs from the defaults, by key, in the order of the reference. */
    Map<String, String> entries();

    /** The precision that it computes in, such as fp16, where that is not the model's own. */
    default Optional<String> computesIn() {
        return Optional.empty();
    }

    /** Domains of operators that it brings along, beyond those of ONNX and of ONNX Runtime. */
    default Set<String> domains() {
        return Set.of();
    }

    /**
     * Asks for this provider.
     *
     * @throws OrtException if the runtime was built without it or its libraries are absent: with ONNX Runtime this, not the list of
     *     available providers, is the proof
     * @throws IOException if a file that it names cannot be read
     */
    void addTo(SessionOptions session, NetworkInput input) throws OrtException, IOException;

    /**
     * Reads a list such as {@code tensorrt:fp16=true,workspace=2GB,cuda:device=1,cpu}: what has no provider's name before it is one more
     * option of the provider before.
     *
     * @throws IllegalArgumentException with all problems of all of them
     */
    static List<ProviderOptions> parseList(String text) {
        return ProviderParser.parse(text);
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with all its problems, or if there are more
     */
    static ProviderOptions parse(String text) {
        List<ProviderOptions> found = parseList(text);
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    "'" + text + "' names " + found.size() + " execution providers; allowed: 1");
        }
        return found.get(0);
    }

    /** The form that {@link #parse} reads. */
    static String format(ProviderOptions options) {
        String entries = options.entries().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
        return options.provider().id() + (entries.isEmpty() ? "" : ":" + entries);
    }
}
