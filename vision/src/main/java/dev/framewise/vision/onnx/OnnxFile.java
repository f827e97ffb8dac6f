package dev.framewise.vision.onnx;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an ONNX file says, read without a runtime.
 *
 * @param externalBytes bytes of the files beside it that hold tensors, each file once
 * @param inputs inputs that a caller must give, in order
 * @param foreignOperators of each domain of operators that is not ONNX's own, nor made of the model's own functions, the first operator
 *     it is used for
 * @param quantized whether it holds quantized nodes
 */
public record OnnxFile(
        long externalBytes, List<OnnxInput> inputs, Map<String, String> foreignOperators, boolean quantized) {
    private static final List<String> OWN_DOMAINS = List.of("", "ai.onnx", "ai.onnx.ml");

    public OnnxFile {
        inputs = List.copyOf(inputs);
        foreignOperators = Map.copyOf(foreignOperators);
    }

    /**
     * Reads a file.
     *
     * @throws OnnxFormatException if it is no complete model, or names external data outside its folder, missing, or of the wrong length
     */
    public static OnnxFile read(Path file) throws OnnxFormatException, IOException {
        OnnxScanner found = new OnnxScanner();
        try (FileChannel channel = FileChannel.open(file)) {
            found.model(WireMessage.whole(new WireReader(channel)));
        }
        if (found.nodes == 0 || found.operatorSets == 0) {
            throw new OnnxFormatException("has " + found.nodes + " nodes and " + found.operatorSets
                    + " operator sets; a model has at least one of each. Expected a complete ONNX model: it is truncated,"
                    + " or something else. Fetch it again.");
        }
        Map<String, String> foreign = new LinkedHashMap<>(found.operatorOfDomain);
        foreign.keySet().removeAll(OWN_DOMAINS);
        foreign.keySet().removeAll(found.functionDomains);
        long externalBytes = new ExternalData(file).check(found.external);
        List<OnnxInput> inputs = found.declared.stream()
                // Old models list their weights among their inputs.
                .filter(input -> !found.initializers.contains(input.name()))
                .toList();
        return new OnnxFile(externalBytes, inputs, foreign, found.quantized);
    }
}
