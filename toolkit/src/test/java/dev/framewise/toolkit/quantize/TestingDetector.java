package dev.framewise.toolkit.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.graph.TestingGraph;
import java.util.Map;

/**
 * Small detectors of the shape of YOLOX with one class, 64x64 pixels, random weights. They find nothing in particular, but always the
 * same in the same picture.
 */
public final class TestingDetector {
    static final int SIDE = 64;
    private static final String WILD = ".wild";

    private final TestingGraph graph = new TestingGraph().input("images", 1, 3, SIDE, SIDE);
    private final int channels;
    private final boolean outliers;
    private int nodes;

    private TestingDetector(int channels, boolean outliers) {
        this.channels = channels;
        this.outliers = outliers;
    }

    /** Of 3x3 convolutions over many channels, which INT8 makes much faster. */
    public static ModelProto fast() {
        return new TestingDetector(64, /* outliers= */ false).model(/* layers= */ 4, /* depthwise= */ false);
    }

    /** Of depthwise convolutions alone, which INT8 makes slower. */
    static ModelProto slow() {
        return new TestingDetector(96, /* outliers= */ false).model(/* layers= */ 6, /* depthwise= */ true);
    }

    /** As the fast one, but each layer but the first also reads a channel of wild values, which it ignores. */
    static ModelProto wild() {
        return new TestingDetector(64, /* outliers= */ true).model(/* layers= */ 4, /* depthwise= */ false);
    }

    private ModelProto model(int layers, boolean depthwise) {
        String at = conv("images", channels, 4, 4, 1);
        for (int i = 0; i < layers; i++) {
            String before = at;
            at = conv(read(at), channels, 3, 1, depthwise ? channels : 1);
            graph.node("Relu", at + ".r", at);
            at = at + ".r";
            if (depthwise) {
                graph.node("Add", at + ".a", at, before);
                at = at + ".a";
            }
        }
        String eight = conv(read(at), channels, 3, 2, depthwise ? channels : 1);
        String sixteen = conv(read(eight), channels, 3, 2, depthwise ? channels : 1);
        String thirtyTwo = conv(read(sixteen), channels, 3, 2, depthwise ? channels : 1);
        graph.integers("cells", 1, 6, -1);
        graph.node("Concat", "all", Map.of("axis", 2L), level(eight), level(sixteen), level(thirtyTwo))
                .node("Transpose", "output", Map.of("perm", new long[] {0, 2, 1}), "all")
                .output("output", 1, 84, 6);
        return graph.model();
    }

    /** What a layer reads: the same, or with one more channel of a million times the mean. */
    private String read(String at) {
        if (!outliers) {
            return at;
        }
        String name = at + "." + nodes++ + WILD;
        graph.values(name + ".w", new long[] {1, channels, 1, 1}, 1e6f / channels)
                .node("Conv", name + ".c", at, name + ".w")
                .node("Concat", name, Map.of("axis", 1L), at, name + ".c");
        return name;
    }

    /** Boxes of half a cell or so, which do not overlap: what suppression keeps would else hang by a hair. */
    private String level(String at) {
        String boxes = conv(read(at), 4, 1, 1, 1, /* gain= */ 0.05, /* bias= */ -0.7f);
        String scores = conv(read(at), 2, 1, 1, 1, /* gain= */ 3, /* bias= */ 1);
        graph.node("Sigmoid", scores + ".s", scores)
                .node("Concat", at + ".level", Map.of("axis", 1L), boxes, scores + ".s")
                .node("Reshape", at + ".cells", at + ".level", "cells");
        return at + ".cells";
    }

    private String conv(String input, int out, int kernel, int stride, int group) {
        return conv(input, out, kernel, stride, group, /* gain= */ 1, /* bias= */ 0.1f);
    }

    private String conv(String input, int out, int kernel, int stride, int group, double gain, float bias) {
        int in = input.equals("images") ? 3 : input.endsWith(WILD) ? channels + 1 : channels;
        String name = "c" + nodes++;
        int perGroup = in / group;
        // Keeps values of about one size from layer to layer, and ignores the wild channel.
        float size = (float) (2.5 * gain / Math.sqrt((double) perGroup * kernel * kernel)) * (in == 3 ? 1 / 100f : 1);
        graph.scaled(name + ".w", size, in == channels + 1 ? channels : -1, out, perGroup, kernel, kernel)
                .values(name + ".b", new long[] {out}, bias);
        long pad = kernel == 3 ? 1 : 0;
        graph.node(
                "Conv",
                name,
                Map.of(
                        "kernel_shape", new long[] {kernel, kernel},
                        "strides", new long[] {stride, stride},
                        "pads", new long[] {pad, pad, pad, pad},
                        "group", (long) group),
                input,
                name + ".w",
                name + ".b");
        return name;
    }
}
