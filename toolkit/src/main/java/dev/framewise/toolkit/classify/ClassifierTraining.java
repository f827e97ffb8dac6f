package dev.framewise.toolkit.classify;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.fold.Rewrites;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.graph.WholeFile;
import dev.framewise.toolkit.train.ExportCheck;
import dev.framewise.toolkit.train.TrainableNetwork;
import dev.framewise.toolkit.train.Trainer;
import dev.framewise.toolkit.train.TrainingException;
import dev.framewise.toolkit.train.TrainingPlan;
import dev.framewise.toolkit.train.TrainingState;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Trains one classifier, alone or with a teacher. A tenth of the labelled pictures is held back; behind each epoch the averaged network is
 * tried on them, and the best one is what is handed out, folded and checked against PyTorch. Where that would be fewer than 20 pictures,
 * which tell nothing, none is held back, and the last epoch's network is handed out. In the folder lie the training's files,
 * {@code epochs.csv}, and {@code best.onnx}, which can be trained on. On the caller's thread.
 */
public final class ClassifierTraining {
    /** One of so many pictures is held back to choose the best epoch. */
    private static final int HELD_BACK = 10;

    private static final int LEAST_HELD_BACK = 20;

    private static final float AVERAGE_DECAY = 0.99f;

    private final PictureFolder pictures;
    private final Optional<PictureFolder> unlabelled;
    private final int epochs;
    private final float learningRate;
    private final long seed;
    private final Consumer<String> progress;
    private final List<Integer> learned = new ArrayList<>();
    private final List<Integer> heldBack = new ArrayList<>();

    /**
     * A training.
     *
     * @param pictures that are labelled
     * @param unlabelled others, which only a teacher can say something of. An epoch is as long with a teacher as without: it counts them
     * @param epochs passes over the pictures, at least 1
     * @param learningRate at its peak, above 0
     * @param seed of the batches
     * @param progress gets a line for each epoch
     */
    public ClassifierTraining(
            PictureFolder pictures,
            Optional<PictureFolder> unlabelled,
            int epochs,
            float learningRate,
            long seed,
            Consumer<String> progress) {
        this.pictures = pictures;
        this.unlabelled = unlabelled;
        this.epochs = epochs;
        this.learningRate = learningRate;
        this.seed = seed;
        this.progress = progress;
        boolean enough = pictures.size() >= HELD_BACK * LEAST_HELD_BACK;
        for (int i = 0; i < pictures.size(); i++) {
            (enough && i % HELD_BACK == HELD_BACK - 1 ? heldBack : learned).add(i);
        }
    }

    private long stepsPerEpoch() {
        int seen = learned.size() + unlabelled.map(PictureFolder::size).orElse(0);
        return Math.max(1, seen / ClassifierTask.BATCH);
    }

    /**
     * Trains a network.
     *
     * @param teacher whose answers are learned beside the truth
     * @param folder of this training
     * @param name how progress and recipe call it
     * @return the best epoch's network, folded
     * @throws TrainingException if it was interrupted: the same call goes on from its checkpoint
     */
    public ModelProto train(
            ModelProto network, Optional<ModelProto> teacher, DistillationLoss loss, Path folder, String name)
            throws IOException, ModelException {
        TrainableNetwork trainable = TrainableNetwork.of(network);
        Optional<TrainableNetwork> frozen =
                teacher.isPresent() ? Optional.of(TrainableNetwork.of(teacher.get())) : Optional.empty();
        TrainingPlan plan = TrainingPlan.of(epochs * stepsPerEpoch(), learningRate)
                .withAverageDecay(AVERAGE_DECAY)
                .withEvery((int) Math.min(50, stepsPerEpoch()), (int) stepsPerEpoch());
        String recipe = name + " classes=" + pictures.classes().size() + " pictures=" + pictures.size() + " of "
                + pictures.width() + "x" + pictures.height()
                + unlabelled.map(others -> " unlabelled=" + others.size()).orElse("") + " epochs=" + epochs + " seed="
                + seed
                + (teacher.isPresent() ? " " + loss : "");
        Path best = folder.resolve("best.onnx");
        Map<Long, Double> results = readEpochs(folder);
        Trainer trainer = new Trainer(trainable, plan, folder, recipe, state -> {
            if (state.step() % stepsPerEpoch() == 0) {
                endEpoch(trainable, state, results, folder, name);
            }
        });
        TrainingState state = trainer.train(new ClassifierTask(pictures, learned, unlabelled, frozen, loss, seed));
        if (state.step() < plan.steps()) {
            throw new TrainingException("stopped behind step " + state.step() + " of " + plan.steps()
                    + "; the same command goes on from there");
        }
        return checked(ModelStore.read(best));
    }

    private void endEpoch(
            TrainableNetwork trainable, TrainingState state, Map<Long, Double> results, Path folder, String name)
            throws IOException {
        long epoch = state.step() / stepsPerEpoch();
        ModelProto model = trainable.with(state.averageWeights(), state.averageStatistics());
        try {
            boolean tried = !heldBack.isEmpty();
            double right = tried ? Accuracy.of(model, pictures, heldBack).right() : Double.NaN;
            double bestBefore = results.entrySet().stream()
                    .filter(entry -> entry.getKey() < epoch)
                    .mapToDouble(Map.Entry::getValue)
                    .max()
                    .orElse(-1);
            results.put(epoch, right);
            if (!tried || right > bestBefore) {
                ModelStore.write(folder.resolve("best.onnx"), model);
            }
            writeEpochs(folder, results);
            progress.accept(String.format(Locale.ROOT, "%s: epoch %d of %d", name, epoch, epochs)
                    + (tried ? String.format(Locale.ROOT, ", %.1f %% right of those held back", 100 * right) : ""));
        } catch (ModelException e) {
            throw new TrainingException(name + ": cannot be tried: " + e.getMessage(), e);
        }
    }

    private static Map<Long, Double> readEpochs(Path folder) throws IOException {
        Map<Long, Double> results = new TreeMap<>();
        Path file = folder.resolve("epochs.csv");
        if (Files.exists(file) && Files.exists(folder.resolve("checkpoint.bin"))) {
            for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
                String[] cells = line.split(",");
                results.put(Long.parseLong(cells[0]), Double.parseDouble(cells[1]));
            }
        }
        return results;
    }

    private static void writeEpochs(Path folder, Map<Long, Double> results) throws IOException {
        StringBuilder csv = new StringBuilder("epoch,rightOfHeldBack\n");
        results.forEach(
                (epoch, right) -> csv.append(epoch).append(',').append(right).append('\n'));
        WholeFile.write(folder.resolve("epochs.csv"), csv.toString());
    }

    private ModelProto checked(ModelProto trained) throws TrainingException, ModelException {
        Graph graph = Graph.of(trained);
        Rewrites.fold(graph);
        ModelProto folded = graph.toModel();
        int size = 3 * pictures.width() * pictures.height();
        float[] pair = new float[2 * size];
        pictures.planes(0, pair, 0);
        pictures.planes(pictures.size() - 1, pair, size);
        ExportCheck.compare(trained, folded, pair, 2, 3, pictures.height(), pictures.width());
        return folded;
    }
}
