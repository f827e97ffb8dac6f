package dev.framewise.vision.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Walks through a ModelProto: its graph, the graphs inside its nodes' attributes, its local functions and its training information.
 * Field numbers are those of onnx.proto.
 */
final class OnnxScanner {
    private static final String[] QUANTIZED = {"DequantizeLinear", "QLinear", "ConvInteger", "MatMulInteger"};

    final Map<String, String> operatorOfDomain = new LinkedHashMap<>();
    final Set<String> functionDomains = new HashSet<>();
    final List<ExternalTensor> external = new ArrayList<>();
    final List<OnnxInput> declared = new ArrayList<>();
    final Set<String> initializers = new HashSet<>();
    int operatorSets;
    int nodes;
    boolean quantized;

    void model(WireMessage model) throws IOException, OnnxFormatException {
        while (model.next()) {
            if (model.isBytes(/* graph */ 7)) {
                graph(model.message(), /* main= */ true);
            } else if (model.isBytes(/* opset_import */ 8)) {
                operatorSets++;
            } else if (model.isBytes(/* training_info */ 20)) {
                trainingInfo(model.message());
            } else if (model.isBytes(/* functions */ 25)) {
                function(model.message());
            }
        }
    }

    private void trainingInfo(WireMessage info) throws IOException, OnnxFormatException {
        while (info.next()) {
            if (info.isBytes(/* initialization */ 1) || info.isBytes(/* algorithm */ 2)) {
                graph(info.message(), /* main= */ false);
            }
        }
    }

    private void function(WireMessage function) throws IOException, OnnxFormatException {
        String domain = "";
        while (function.next()) {
            if (function.isBytes(/* node */ 7)) {
                node(function.message());
            } else if (function.isBytes(/* domain */ 10)) {
                domain = function.text();
            } else if (function.isBytes(/* attribute_proto */ 11)) {
                attribute(function.message());
            }
        }
        functionDomains.add(domain);
    }

    private void graph(WireMessage graph, boolean main) throws IOException, OnnxFormatException {
        while (graph.next()) {
            if (graph.isBytes(/* node */ 1)) {
                nodes += main ? 1 : 0;
                node(graph.message());
            } else if (graph.isBytes(/* initializer */ 5)) {
                String name = tensor(graph.message());
                if (main) {
                    initializers.add(name);
                }
            } else if (graph.isBytes(/* sparse_initializer */ 15)) {
                String name = sparseTensor(graph.message());
                if (main) {
                    initializers.add(name);
                }
            } else if (main && graph.isBytes(/* input */ 11)) {
                declared.add(InputScan.read(graph.message()));
            }
        }
    }

    private void node(WireMessage node) throws IOException, OnnxFormatException {
        String operator = "";
        String domain = "";
        while (node.next()) {
            if (node.isBytes(/* op_type */ 4)) {
                operator = node.text();
            } else if (node.isBytes(/* attribute */ 5)) {
                attribute(node.message());
            } else if (node.isBytes(/* domain */ 7)) {
                domain = node.text();
            }
        }
        for (String name : QUANTIZED) {
            quantized |= operator.startsWith(name);
        }
        operatorOfDomain.putIfAbsent(domain, operator);
    }

    private void attribute(WireMessage attribute) throws IOException, OnnxFormatException {
        while (attribute.next()) {
            if (attribute.isBytes(/* t */ 5) || attribute.isBytes(/* tensors */ 10)) {
                tensor(attribute.message());
            } else if (attribute.isBytes(/* g */ 6) || attribute.isBytes(/* graphs */ 11)) {
                graph(attribute.message(), /* main= */ false);
            } else if (attribute.isBytes(/* sparse_tensor */ 22) || attribute.isBytes(/* sparse_tensors */ 23)) {
                sparseTensor(attribute.message());
            }
        }
    }

    private String sparseTensor(WireMessage sparse) throws IOException, OnnxFormatException {
        String name = "";
        while (sparse.next()) {
            if (sparse.isBytes(/* values */ 1)) {
                name = tensor(sparse.message());
            } else if (sparse.isBytes(/* indices */ 2)) {
                tensor(sparse.message());
            }
        }
        return name;
    }

    private String tensor(WireMessage message) throws IOException, OnnxFormatException {
        TensorScan.Found tensor = TensorScan.read(message);
        tensor.external().ifPresent(external::add);
        return tensor.name();
    }
}
