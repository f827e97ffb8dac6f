package dev.framewise.toolkit.fold;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Folds a stem that cuts a picture into its every-second pixels, lays these on top of one another and convolves, into one
 * convolution of twice the kernel and twice the stride: the Focus of YOLOv5 and YOLOX, in whatever order the pieces lie.
 *
 * <p>With pieces p of step s, offset (a, b) and C channels each, weights w[o, p C + c, i, j] become
 * W[o, c, s i + a, s j + b]; pads become s times as many, which is exact because a padded pixel of a piece stands for s padded
 * pixels of the picture.
 */
final class FocusFold implements Rewrite {
    @Override
    public String what() {
        return "sliced stems folded into one convolution";
    }

    @Override
    public int apply(Graph graph) {
        int folded = 0;
        for (Node conv : graph.nodes()) {
            Optional<Node> concat = conv.is("Conv")
                    ? graph.producer(conv.input(0))
                            .filter(node ->
                                    node.is("Concat") && node.integer("axis", 0) == 1 && graph.hasOneUse(node.output()))
                    : Optional.empty();
            if (concat.isPresent() && fold(graph, conv, concat.get())) {
                folded++;
            }
        }
        return folded;
    }

    private static boolean fold(Graph graph, Node conv, Node concat) {
        List<Piece> pieces = new ArrayList<>();
        for (String input : concat.inputs()) {
            Optional<Piece> piece = Piece.of(graph, input);
            if (piece.isEmpty() || !piece.get().isOfOneWith(pieces)) {
                return false;
            }
            pieces.add(piece.get());
        }
        int step = pieces.get(0).step();
        Optional<TensorProto> tensor = graph.constant(conv.input(1));
        Optional<float[]> weights = graph.floats(conv.input(1));
        if (step < 2
                || weights.isEmpty()
                || tensor.orElseThrow().getDimsCount() != 4
                || tensor.get().getDims(1) % pieces.size() != 0
                || conv.integer("group", 1) != 1
                || !conv.text("auto_pad", "NOTSET").equals("NOTSET")
                || Arrays.stream(conv.integers("dilations", 1, 1)).anyMatch(d -> d != 1)) {
            return false;
        }
        String merged = graph.put(
                unfolded(graph.freshName(conv.name() + ".weight"), Tensors.shape(tensor.get()), weights.get(), pieces));
        Node stem = Node.of(conv.toProto());
        stem.set("kernel_shape", new long[] {
                    step * tensor.get().getDims(2), step * tensor.get().getDims(3)
                })
                .set("strides", times(step, conv.integers("strides", 1, 1)))
                .set("pads", times(step, conv.integers("pads", 0, 0, 0, 0)));
        graph.remove(conv);
        graph.remove(concat);
        graph.add(stem);
        graph.setInput(stem, 0, pieces.get(0).source());
        graph.setInput(stem, 1, merged);
        return true;
    }

    private static long[] times(int step, long[] values) {
        return Arrays.stream(values).map(value -> step * value).toArray();
    }

    private static TensorProto unfolded(String name, long[] shape, float[] weights, List<Piece> pieces) {
        int step = pieces.get(0).step();
        int outs = (int) shape[0];
        int channels = (int) shape[1] / pieces.size();
        int rows = (int) shape[2];
        int columns = (int) shape[3];
        int wide = step * columns;
        int tall = step * rows;
        float[] merged = new float[outs * channels * tall * wide];
        int from = 0;
        for (int o = 0; o < outs; o++) {
            for (Piece piece : pieces) {
                for (int c = 0; c < channels; c++) {
                    for (int i = 0; i < rows; i++) {
                        for (int j = 0; j < columns; j++) {
                            int row = ((o * channels + c) * tall) + step * i + piece.top();
                            // Added, because two pieces may be the same.
                            merged[row * wide + step * j + piece.left()] += weights[from++];
                        }
                    }
                }
            }
        }
        return Tensors.floats(name, new long[] {outs, channels, tall, wide}, merged);
    }
}
