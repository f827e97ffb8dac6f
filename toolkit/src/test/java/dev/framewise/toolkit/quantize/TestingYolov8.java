package dev.framewise.toolkit.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.graph.TestingGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The network of YOLOv8n for pictures of 320x320, with random weights: the same operators, channels and sizes, so the same time, and
 * nothing to see. Boxes are left as distances: what turns them into corners costs next to nothing.
 *
 * <p>Source: ultralytics/cfg/models/v8/yolov8.yaml, scale n.
 */
final class TestingYolov8 {
    static final long[] SHAPE = {1, 3, 320, 320};
    private static final int CLASSES = 80;
    private static final int BINS = 16;
    private static final int CELLS = 40 * 40 + 20 * 20 + 10 * 10;

    private final TestingGraph graph = new TestingGraph().input("images", 1, 3, 320, 320);
    private int convs;
    private int others;

    private TestingYolov8() {}

    static ModelProto model() {
        TestingYolov8 net = new TestingYolov8();
        String p2 = net.c2f(net.conv(net.conv("images", 3, 16, 3, 2), 16, 32, 3, 2), 32, 32, 1, true);
        String p3 = net.c2f(net.conv(p2, 32, 64, 3, 2), 64, 64, 2, true);
        String p4 = net.c2f(net.conv(p3, 64, 128, 3, 2), 128, 128, 2, true);
        String p5 = net.sppf(net.c2f(net.conv(p4, 128, 256, 3, 2), 256, 256, 1, true));
        String up4 = net.c2f(net.concat(net.up(p5), p4), 384, 128, 1, false);
        String out3 = net.c2f(net.concat(net.up(up4), p3), 192, 64, 1, false);
        String out4 = net.c2f(net.concat(net.conv(out3, 64, 64, 3, 2), up4), 192, 128, 1, false);
        String out5 = net.c2f(net.concat(net.conv(out4, 128, 128, 3, 2), p5), 384, 256, 1, false);
        return net.detect(List.of(out3, out4, out5), new int[] {64, 128, 256});
    }

    private ModelProto detect(List<String> levels, int[] channels) {
        graph.integers("flat", 1, 4 * BINS + CLASSES, -1);
        List<String> flat = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            String boxes = conv(conv(levels.get(i), channels[i], 64, 3, 1), 64, 64, 3, 1);
            String scores = conv(conv(levels.get(i), channels[i], CLASSES, 3, 1), CLASSES, CLASSES, 3, 1);
            String both = concat(plain(boxes, 64, 4 * BINS, 1, 1), plain(scores, CLASSES, CLASSES, 1, 1));
            graph.node("Reshape", both + ".f", both, "flat");
            flat.add(both + ".f");
        }
        graph.integers("parts", 4 * BINS, CLASSES)
                .integers("bins", 1, 4, BINS, CELLS)
                .integers("boxes", 1, 4, CELLS);
        graph.node("Concat", "cells", Map.of("axis", 2L), flat.toArray(new String[0]))
                .split("cells", "parts", 1, "distances", "logits")
                .node("Reshape", "d1", "distances", "bins")
                .node("Transpose", "d2", Map.of("perm", new long[] {0, 2, 1, 3}), "d1")
                .node("Softmax", "d3", Map.of("axis", 1L), "d2");
        String expected = plain("d3", BINS, 1, 1, 1);
        graph.node("Reshape", "d4", expected, "boxes")
                .node("Sigmoid", "scores", "logits")
                .node("Concat", "output", Map.of("axis", 1L), "d4", "scores")
                .output("output", 1, 4 + CLASSES, CELLS);
        return graph.model();
    }

    private String c2f(String input, int in, int out, int count, boolean shortcut) {
        String first = conv(input, in, out, 1, 1);
        int half = out / 2;
        String name = "s" + others++;
        graph.integers(name, half, half).split(first, name, 1, name + ".a", name + ".b");
        List<String> parts = new ArrayList<>(List.of(name + ".a", name + ".b"));
        for (int i = 0; i < count; i++) {
            String before = parts.get(parts.size() - 1);
            String after = conv(conv(before, half, half, 3, 1), half, half, 3, 1);
            if (shortcut) {
                graph.node("Add", after + ".p", before, after);
                after = after + ".p";
            }
            parts.add(after);
        }
        return conv(concat(parts.toArray(new String[0])), (2 + count) * half, out, 1, 1);
    }

    private String sppf(String input) {
        String at = conv(input, 256, 128, 1, 1);
        List<String> parts = new ArrayList<>(List.of(at));
        for (int i = 0; i < 3; i++) {
            String pooled = "m" + others++;
            graph.node(
                    "MaxPool",
                    pooled,
                    Map.of("kernel_shape", new long[] {5, 5}, "pads", new long[] {2, 2, 2, 2}),
                    parts.get(i));
            parts.add(pooled);
        }
        return conv(concat(parts.toArray(new String[0])), 512, 256, 1, 1);
    }

    private String up(String input) {
        String name = "u" + others++;
        graph.floats(name + ".k", 1, 1, 2, 2)
                .node(
                        "Resize",
                        name,
                        Map.of(
                                "mode",
                                "nearest",
                                "coordinate_transformation_mode",
                                "asymmetric",
                                "nearest_mode",
                                "floor"),
                        input,
                        "",
                        name + ".k");
        return name;
    }

    private String concat(String... inputs) {
        String name = "k" + others++;
        graph.node("Concat", name, Map.of("axis", 1L), inputs);
        return name;
    }

    private String conv(String input, int in, int out, int kernel, int stride) {
        String name = plain(input, in, out, kernel, stride);
        graph.node("Sigmoid", name + ".s", name).node("Mul", name + ".m", name, name + ".s");
        return name + ".m";
    }

    private String plain(String input, int in, int out, int kernel, int stride) {
        String name = "c" + convs++;
        graph.scaled(name + ".w", (float) (2.5 / Math.sqrt((double) in * kernel * kernel)), -1, out, in, kernel, kernel)
                .random(name + ".b", out);
        long pad = kernel / 2;
        graph.node(
                "Conv",
                name,
                Map.of(
                        "kernel_shape", new long[] {kernel, kernel},
                        "strides", new long[] {stride, stride},
                        "pads", new long[] {pad, pad, pad, pad}),
                input,
                name + ".w",
                name + ".b");
        return name;
    }
}
