package dev.framewise.toolkit.trial;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.provider.NativeRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each node of a model takes, as ONNX Runtime's own profiler sees it. The runtime fuses and renames nodes; what it makes of a name
 * is taken off again, so that times can be looked up by a node's name or by the tensor it makes. Times are wall time.
 *
 * @param micros median microseconds of one run, by name
 * @param operators sum of those by the kernel that ran, such as {@code QLinearConv}
 */
public record NodeTimes(Map<String, Double> micros, Map<String, Double> operators) {
    private static final String KERNEL = "_kernel_time";

    /**
     * Profiles.
     *
     * @param picture the input's values
     * @param runs that count; a fifth more come before
     */
    public static NodeTimes of(ModelProto model, ByteBuffer picture, long[] shape, int runs) throws ModelException {
        try {
            Path folder = Files.createTempDirectory("framewise-profile");
            try {
                return read(profile(model, picture, shape, runs + runs / 5, folder.resolve("p")), runs);
            } finally {
                for (Path left : list(folder)) {
                    Files.delete(left);
                }
                Files.delete(folder);
            }
        } catch (OrtException | IOException e) {
            throw new ModelException("cannot be profiled: " + e.getMessage(), e);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (java.util.stream.Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static Path profile(ModelProto model, ByteBuffer picture, long[] shape, int runs, Path prefix)
            throws OrtException {
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.enableProfiling(prefix.toString());
            try (OrtSession session = NativeRuntime.environment().createSession(model.toByteArray(), options);
                    OnnxTensor input =
                            OnnxTensor.createTensor(NativeRuntime.environment(), picture, shape, OnnxJavaType.FLOAT)) {
                String name = session.getInputNames().iterator().next();
                for (int run = 0; run < runs; run++) {
                    session.run(Map.of(name, input)).close();
                }
                return Path.of(session.endProfiling());
            }
        }
    }

    private static NodeTimes read(Path file, int runs) throws IOException {
        Map<String, List<Double>> times = new HashMap<>();
        Map<String, String> kernels = new HashMap<>();
        for (JsonNode event : new ObjectMapper().readTree(file.toFile())) {
            String name = event.path("name").asText();
            if (event.path("cat").asText().equals("Node") && name.endsWith(KERNEL)) {
                String node = name.substring(0, name.length() - KERNEL.length());
                times.computeIfAbsent(node, n -> new ArrayList<>())
                        .add(event.path("dur").asDouble());
                kernels.put(node, event.path("args").path("op_name").asText());
            }
        }
        Map<String, Double> micros = new HashMap<>();
        Map<String, Double> operators = new TreeMap<>();
        times.forEach((node, all) -> {
            List<Double> counted = all.subList(Math.max(0, all.size() - runs), all.size()).stream()
                    .sorted()
                    .toList();
            double median = counted.get(counted.size() / 2);
            micros.merge(original(node), median, Double::sum);
            operators.merge(kernels.get(node), median, Double::sum);
        });
        return new NodeTimes(micros, operators);
    }

    /** A node's name without what ONNX Runtime adds when it fuses nodes or changes their layout. */
    static String original(String name) {
        return name.replaceFirst("_token_\\d+$", "")
                .replaceFirst("/(QuickGelu|Gelu)Fusion/$", "")
                .replaceFirst("_nchwc$", "")
                .replaceFirst("_(transformed|nhwc)$", "");
    }
}
