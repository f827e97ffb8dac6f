package dev.framewise.toolkit.classify;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.framewise.toolkit.train.TrainableNetwork;
import dev.framewise.toolkit.train.TrainingException;
import dev.framewise.toolkit.train.TrainingTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Batches of labelled pictures, each shifted, perhaps mirrored, its brightness changed; and a teacher's answers to the same batch, where
 * there is one. The teacher is frozen: no gradient reaches it, and its normalizations stay what they are. Where there are pictures that
 * nobody has labelled, they are half of each batch, and only the teacher's answers to them are learned.
 */
final class ClassifierTask implements TrainingTask {
    static final int BATCH = 32;

    private final PictureFolder pictures;
    private final List<Integer> chosen;
    private final Optional<PictureFolder> unlabelled;
    private final Optional<TrainableNetwork> teacher;
    private final DistillationLoss loss;
    private final long seed;
    private final float[] pixels;

    /**
     * A task.
     *
     * @param chosen indices of the labelled pictures that are learned from
     * @param unlabelled of the same size; without a teacher nothing can be learned from them, and they are left alone
     */
    ClassifierTask(
            PictureFolder pictures,
            List<Integer> chosen,
            Optional<PictureFolder> unlabelled,
            Optional<TrainableNetwork> teacher,
            DistillationLoss loss,
            long seed) {
        this.pictures = pictures;
        this.chosen = chosen;
        this.unlabelled = teacher.isPresent() ? unlabelled : Optional.empty();
        this.teacher = teacher;
        this.loss = loss;
        this.seed = seed;
        pixels = new float[BATCH * 3 * pictures.width() * pictures.height()];
    }

    @Override
    public Losses losses(long step, NDManager memory, Function<NDArray, Map<String, NDArray>> network)
            throws TrainingException {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + step);
        int classes = pictures.classes().size();
        float[] truth = new float[BATCH * classes];
        int told = unlabelled.isPresent() ? BATCH / 2 : BATCH;
        for (int i = 0; i < told; i++) {
            int picture = chosen.get(random.nextInt(chosen.size()));
            draw(pictures.pictures().get(picture), i, random);
            truth[i * classes + pictures.labels().get(picture)] = 1;
        }
        for (int i = told; i < BATCH; i++) {
            List<byte[]> others = unlabelled.orElseThrow().pictures();
            draw(others.get(random.nextInt(others.size())), i, random);
        }
        NDArray images = memory.create(pixels, new Shape(BATCH, pictures.height(), pictures.width(), 3))
                .transpose(0, 3, 1, 2);
        NDArray answers = answer(network.apply(images));
        NDArray wanted = memory.create(truth, new Shape(BATCH, classes));
        NDArray crossEntropy = DistillationLoss.crossEntropy(answers, wanted, told);
        Map<String, NDArray> parts = new LinkedHashMap<>();
        parts.put("crossEntropy", crossEntropy);
        if (teacher.isEmpty()) {
            return new Losses(crossEntropy, parts);
        }
        NDArray divergence = loss.divergence(answers, ask(teacher.get(), images, memory));
        parts.put("divergence", divergence);
        return new Losses(loss.of(crossEntropy, divergence), parts);
    }

    private static NDArray ask(TrainableNetwork teacher, NDArray images, NDManager memory) throws TrainingException {
        float[] weights = teacher.weights();
        float[] statistics = teacher.statistics();
        return answer(teacher.run(
                memory.create(weights, new Shape(weights.length)),
                memory.create(statistics, new Shape(statistics.length)),
                images,
                /* training= */ false));
    }

    private static NDArray answer(Map<String, NDArray> outputs) {
        return outputs.values().iterator().next();
    }

    private void draw(byte[] bgr, int slot, SplittableRandom random) {
        int width = pictures.width();
        int height = pictures.height();
        int shiftX = random.nextInt(5) - 2;
        int shiftY = random.nextInt(9) - 4;
        boolean mirrored = random.nextBoolean();
        float gain = (0.8f + 0.4f * random.nextFloat()) / 255;
        int at = slot * 3 * width * height;
        for (int y = 0; y < height; y++) {
            int fromY = Math.max(0, Math.min(height - 1, y + shiftY));
            for (int x = 0; x < width; x++) {
                int fromX = Math.max(0, Math.min(width - 1, x + shiftX));
                int from = 3 * (fromY * width + (mirrored ? width - 1 - fromX : fromX));
                for (int c = 0; c < 3; c++) {
                    pixels[at++] = (bgr[from + c] & 0xff) * gain;
                }
            }
        }
    }
}
