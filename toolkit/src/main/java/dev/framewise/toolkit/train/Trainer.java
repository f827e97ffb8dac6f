package dev.framewise.toolkit.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.framewise.toolkit.graph.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trains a network: a batch forward, its loss backward, one step of AdamW, the averages moved; again.
 *
 * <p>In the folder of a training lie {@code checkpoint.bin}, {@code log.csv} and {@code curves.svg}. A trainer that finds a
 * checkpoint of the same recipe goes on from it and ends with the very weights of a training that was never interrupted. One
 * thread; an interrupt ends it behind a step, with a checkpoint.
 */
public final class Trainer {
    private final TrainableNetwork network;
    private final TrainingPlan plan;
    private final Path folder;
    private final String recipe;
    private final StepListener listener;

    /** Told behind each step. */
    @FunctionalInterface
    public interface StepListener {
        /**
         * A step is done.
         *
         * @param state after it; to be read only
         */
        void stepped(TrainingState state) throws IOException;
    }

    /**
     * A trainer.
     *
     * @param folder where the training's files lie; made where it is missing
     * @param recipe everything the result depends on, in one line: a checkpoint of another recipe is refused
     */
    public Trainer(TrainableNetwork network, TrainingPlan plan, Path folder, String recipe, StepListener listener) {
        this.network = network;
        this.plan = plan;
        this.folder = folder;
        this.recipe = recipe + " plan=" + plan.steps() + "x" + plan.learningRate() + "/" + plan.warmUp() + "/"
                + plan.weightDecay() + "/" + plan.maxGradient() + "/" + plan.averageDecay();
        this.listener = listener;
    }

    private Path checkpoint() {
        return folder.resolve("checkpoint.bin");
    }

    /**
     * Trains until the plan is done or the thread is interrupted.
     *
     * @throws TrainingException if PyTorch is missing, a checkpoint does not fit, or the loss is no number any more
     * @throws IOException if the folder cannot be written
     */
    public TrainingState train(TrainingTask task) throws IOException {
        Files.createDirectories(folder);
        TrainingState state = new TrainingState(network.weights(), network.statistics());
        if (Files.exists(checkpoint())) {
            Checkpoint.read(checkpoint(), recipe, state);
        }
        AdamW optimizer = new AdamW(state.firstMoments, state.secondMoments, network.decays(), plan.weightDecay());
        CosineSchedule schedule = plan.schedule();
        Engine engine = TorchEngine.get();
        try (TrainingLog log = TrainingLog.open(folder.resolve("log.csv"), state.step);
                NDManager memory = engine.newBaseManager()) {
            while (state.step < plan.steps() && !Thread.currentThread().isInterrupted()) {
                float rate = schedule.at(state.step + 1);
                Map<String, Float> figures = step(task, engine, memory, state, optimizer, rate);
                listener.stepped(state);
                log.add(figures);
                if (state.step % plan.logEvery() == 0) {
                    log.write(state.step, rate);
                }
                if (state.step % plan.saveEvery() == 0) {
                    save(state, log);
                }
            }
            save(state, log);
        }
        return state;
    }

    private void save(TrainingState state, TrainingLog log) throws IOException {
        // an interrupted thread cannot write files: the interrupt waits until they are whole
        boolean interrupted = Thread.interrupted();
        try {
            Checkpoint.write(checkpoint(), recipe, state);
            WholeFile.write(folder.resolve("curves.svg"), LossChart.of(log.rows()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What one pass forward and backward gives. */
    private record Pass(Map<String, Float> figures, float[] gradient, float[] statistics) {
        boolean isFinite() {
            return allFinite(gradient) && allFinite(statistics) && Float.isFinite(figures.get("loss"));
        }

        private static boolean allFinite(float[] values) {
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    return false;
                }
            }
            return true;
        }
    }

    private Map<String, Float> step(
            TrainingTask task, Engine engine, NDManager memory, TrainingState state, AdamW optimizer, float rate)
            throws IOException {
        Pass pass = pass(task, engine, memory, state);
        if (!pass.isFinite() && Float.isFinite(pass.figures.get("loss"))) {
            // Once in some ten thousand steps, a convolution of 6 channels gave a gradient of NaN to a loss of 2.4, and
            // the
            // same step done again did not: a kernel that reads past its channels. Nothing was changed yet, so it may
            // be.
            pass = pass(task, engine, memory, state);
        }
        if (!pass.isFinite()) {
            throw new TrainingException("step " + (state.step + 1) + " has a loss of " + pass.figures.get("loss")
                    + " and a gradient that is no number: the training has run away. Lower the learning rate of " + rate
                    + " and start anew in another folder.");
        }
        pass.figures.put("gradient", AdamW.clip(pass.gradient, plan.maxGradient()));
        state.step++;
        System.arraycopy(pass.statistics, 0, state.statistics, 0, state.statistics.length);
        optimizer.update(state.weights, pass.gradient, state.step, rate);
        state.average(plan.averageDecay());
        return pass.figures;
    }

    private Pass pass(TrainingTask task, Engine engine, NDManager memory, TrainingState state) throws IOException {
        Map<String, Float> figures = new LinkedHashMap<>();
        try (NDManager scope = memory.newSubManager();
                GradientCollector collector = engine.newGradientCollector()) {
            NDArray weights = scope.create(state.weights, new Shape(state.weights.length));
            weights.setRequiresGradient(true);
            NDArray statistics = scope.create(state.statistics, new Shape(state.statistics.length));
            TrainingTask.Losses losses =
                    task.losses(state.step + 1, scope, images -> forward(weights, statistics, images));
            collector.backward(losses.total());
            figures.put("loss", losses.total().getFloat());
            losses.parts().forEach((name, part) -> figures.put(name, part.getFloat()));
            return new Pass(figures, weights.getGradient().toFloatArray(), statistics.toFloatArray());
        }
    }

    private Map<String, NDArray> forward(NDArray weights, NDArray statistics, NDArray images) {
        try {
            return network.run(weights, statistics, images, /* training= */ true);
        } catch (TrainingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
