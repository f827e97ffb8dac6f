package dev.framewise.toolkit.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Tiny pictures, and whether they are brighter on the left: every operator that students are made of learns something. */
final class TestingTask implements TrainingTask {
    static final int SIZE = 16;
    private static final int BATCH = 8;

    /** A network of all blocks of the builder, with a map as its output and a classifier as its other one. */
    static ModelProto network() {
        NetworkBuilder net = new NetworkBuilder("tiny", /* seed= */ 3);
        String x = net.block(NetworkBuilder.INPUT, 4, /* kernel= */ 3, /* stride= */ 2, /* groups= */ 1);
        String deep = net.separable(net.separable(x, 8, /* stride= */ 2), 8, /* stride= */ 1);
        String lateral = net.block(deep, 4, /* kernel= */ 1, /* stride= */ 1, /* groups= */ 1);
        String both = net.concat(/* axis= */ 1, net.add(x, net.upsample(lateral)), x);
        net.output("map", net.head(both, 2, /* bias= */ 0), "batch", 2, "rows", "columns");
        net.output("class", net.classifier(both, 2), "batch", 2);
        return net.build();
    }

    /** Pictures of a step, plane by plane. */
    static float[] pictures(long step, float[] brighterLeft) {
        Random random = new Random(step);
        float[] pixels = new float[BATCH * 3 * SIZE * SIZE];
        for (int picture = 0; picture < BATCH; picture++) {
            boolean left = random.nextBoolean();
            brighterLeft[picture] = left ? 1 : 0;
            for (int i = 0; i < 3 * SIZE * SIZE; i++) {
                boolean bright = i % SIZE < SIZE / 2 == left;
                pixels[picture * 3 * SIZE * SIZE + i] = random.nextFloat() * 0.5f + (bright ? 0.5f : 0);
            }
        }
        return pixels;
    }

    @Override
    public Losses losses(long step, NDManager memory, Function<NDArray, Map<String, NDArray>> network) {
        float[] truth = new float[BATCH];
        NDArray images = memory.create(pictures(step, truth), new Shape(BATCH, 3, SIZE, SIZE));
        Map<String, NDArray> outputs = network.apply(images);
        NDArray wanted = memory.create(truth, new Shape(BATCH));
        NDArray difference =
                outputs.get("class").get(":, 0").sub(wanted).square().mean();
        NDArray map = outputs.get("map").square().mean();
        return new Losses(difference.add(map.mul(0.01f)), Map.of("difference", difference));
    }
}
