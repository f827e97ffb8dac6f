package dev.framewise.toolkit.classify;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.train.NetworkBuilder;

/** Classifiers to begin with: with many channels a teacher, with few a student. */
public final class ClassifierNetworks {
    /** Name of the output: one number a class, before the softmax. */
    public static final String OUTPUT = "output";

    private ClassifierNetworks() {}

    /**
     * A residual network: a stem of stride 2, then two blocks each at one, two and four times its channels, each pair at half the size of
     * what is before it (He et al., Deep Residual Learning for Image Recognition, arXiv 1512.03385, section 3.3).
     */
    public static ModelProto residual(int channels, int classes, long seed) {
        NetworkBuilder net = new NetworkBuilder("framewise-residual", seed);
        String x = net.block(NetworkBuilder.INPUT, channels, /* kernel= */ 3, /* stride= */ 2, /* groups= */ 1);
        for (int stage = 0; stage < 3; stage++) {
            int width = channels << stage;
            x = residualBlock(net, x, width, /* stride= */ 2);
            x = residualBlock(net, x, width, /* stride= */ 1);
        }
        return ending(net, x, classes);
    }

    private static String residualBlock(NetworkBuilder net, String from, int width, int stride) {
        String deep = net.block(from, width, /* kernel= */ 3, stride, /* groups= */ 1);
        deep = net.normalized(deep, width, /* kernel= */ 3, /* stride= */ 1, /* groups= */ 1);
        boolean same = stride == 1 && net.channels(from) == width;
        String past = same ? from : net.normalized(from, width, /* kernel= */ 1, stride, /* groups= */ 1);
        return net.relu(net.add(deep, past));
    }

    private static ModelProto ending(NetworkBuilder net, String from, int classes) {
        net.output(OUTPUT, net.classifier(from, classes), "batch", classes);
        return net.build();
    }

    /** Number of classes that a network tells apart; 0 where it does not say. */
    static int classes(ModelProto model) {
        var sizes = Graph.of(model).outputs().get(0).getType().getTensorType().getShape();
        return sizes.getDimCount() == 2 ? (int) sizes.getDim(1).getDimValue() : 0;
    }
}
