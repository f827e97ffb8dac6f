package dev.framewise.toolkit.distil;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.graph.Tensors;
import dev.framewise.toolkit.train.NetworkBuilder;
import java.util.Map;
import java.util.TreeMap;

/**
 * The student: a backbone of depthwise-separable blocks down to a stride of 32, its three deepest grids summed into the one of
 * stride 8, and a head of one box and one score a cell. ReLU only, so that every runtime and every quantizer knows its operators.
 *
 * <pre>
 * 3x3, 16 /2 - 32 /4 - 64 /8 ----------------------- 1x1 + block - block, block - centre, size, score
 *                         `- 96 /16 -- 1x1 + block -'  (each pixel four times)
 *                                `- 128 /32 - 1x1 -'
 * </pre>
 *
 * <p>While training it gives three maps: {@link #CENTRE} (offset from the cell, in cells), {@link #SIZE} (logarithm, in cells) and
 * {@link #SCORE} (before the sigmoid). {@link #deployed} decodes them in the graph to one output [batch, 5, cells]: centre x,
 * centre y, width and height in pixels of the input, and a probability, which is the layout of YOLOv8.
 */
final class StudentDetector {
    static final String CENTRE = "centre";
    static final String SIZE = "size";
    static final String SCORE = "score";
    static final String OUTPUT = "output";

    private static final int NECK = 64;
    /** A score of 1 in 50 to begin with: most cells are empty, and must not shout at first. */
    private static final float FIRST_SCORE = -4;

    private StudentDetector() {}

    /** An untrained student for pictures of any size that is a multiple of 32. */
    static ModelProto untrained(long seed) {
        NetworkBuilder net = new NetworkBuilder("framewise-student", seed);
        String x = net.block(NetworkBuilder.INPUT, 16, /* kernel= */ 3, /* stride= */ 2, /* groups= */ 1);
        // one block at stride 4 and no more: a second one costs 0.3 of 2.9 ms
        String stride8 = stage(net, net.separable(x, 32, /* stride= */ 2), 64);
        String stride16 = stage(net, stride8, 96);
        String stride32 = stage(net, stride16, 128);
        String middle = net.add(lateral(net, stride16), net.upsample(lateral(net, stride32)));
        middle = net.separable(middle, NECK, /* stride= */ 1);
        String fine = net.add(lateral(net, stride8), net.upsample(middle));
        for (int block = 0; block < 3; block++) {
            fine = net.separable(fine, NECK, /* stride= */ 1);
        }
        net.output(CENTRE, net.head(fine, 2, /* bias= */ 0.5f), "batch", 2, "rows", "columns");
        net.output(SIZE, net.head(fine, 2, /* bias= */ 1), "batch", 2, "rows", "columns");
        net.output(SCORE, net.head(fine, 1, FIRST_SCORE), "batch", 1, "rows", "columns");
        return net.build();
    }

    private static String stage(NetworkBuilder net, String from, int channels) {
        String x = net.separable(from, channels, /* stride= */ 2);
        x = net.separable(x, channels, /* stride= */ 1);
        return net.separable(x, channels, /* stride= */ 1);
    }

    private static String lateral(NetworkBuilder net, String from) {
        return net.block(from, NECK, /* kernel= */ 1, /* stride= */ 1, /* groups= */ 1);
    }

    /** Column and row of each cell, [2, rows, columns]. */
    static float[] cells(int columns, int rows) {
        float[] cells = new float[2 * rows * columns];
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                cells[y * columns + x] = x;
                cells[rows * columns + y * columns + x] = y;
            }
        }
        return cells;
    }

    /**
     * The student for pictures of one size, its boxes decoded in the graph.
     *
     * @param trained a graph of {@link #untrained} with any weights
     * @param className what it detects
     */
    static ModelProto deployed(ModelProto trained, int width, int height, String className) {
        int columns = width / GridTargets.STRIDE;
        int rows = height / GridTargets.STRIDE;
        int count = columns * rows;
        NetworkBuilder net = NetworkBuilder.continuing(trained);
        String pairs = net.constant(Tensors.longs("pairs", 0, 2, count));
        String singles = net.constant(Tensors.longs("singles", 0, 1, count));
        String cells = net.constant(Tensors.floats("cells", new long[] {1, 2, count}, cells(columns, rows)));
        String stride = net.constant(Tensors.floats("stride", new long[] {1}, GridTargets.STRIDE));
        String centre = net.operator("Mul", net.operator("Add", net.operator("Reshape", CENTRE, pairs), cells), stride);
        String size = net.operator("Mul", net.operator("Exp", net.operator("Reshape", SIZE, pairs)), stride);
        String score = net.operator("Sigmoid", net.operator("Reshape", SCORE, singles));
        net.output(OUTPUT, net.concat(/* axis= */ 1, centre, size, score), "batch", 5, count);
        metadata(className).forEach(net::metadata);
        return net.build(width, height);
    }

    /** What the detector of module vision must know to read it. */
    private static Map<String, String> metadata(String className) {
        return new TreeMap<>(Map.of(
                "framewise.head", "yolov8",
                "framewise.classes", className,
                "framewise.input.fit", "top_left",
                "framewise.input.colours", "bgr",
                "framewise.input.range", "unit"));
    }
}
