package dev.framewise.operators.inference;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.StageCost;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.provider.ExecutionProvider;
import java.util.Optional;
import java.util.Set;

/** A {@link Detector} as a batch session: tasks in, columns of boxes out. */
public final class DetectorSession implements BatchSession {
    private static final Set<String> OFF_CPU = Set.of(ExecutionProvider.CUDA.id(), ExecutionProvider.TENSORRT.id());

    private final Detector detector;
    private final Detections detections = new Detections();
    private final FrameTimings timings = new FrameTimings();
    private final Optional<SlotPictures> pictures;
    private int lastBatch = 1;

    /**
     * Takes over the detector and closes it.
     *
     * @param keepsPictures whether the tracker wants to see what the detector decodes
     */
    public DetectorSession(Detector detector, boolean keepsPictures) {
        this.detector = detector;
        this.pictures = keepsPictures ? Optional.of(new SlotPictures(slots(detector))) : Optional.empty();
    }

    /** A model of fixed batch runs no faster in company: its frames wait for nobody beyond that batch. */
    static int slots(Detector detector) {
        int fixed = detector.info().fixedBatch();
        return fixed == 0 ? detector.slots() : Math.min(fixed, detector.slots());
    }

    @Override
    public int slots() {
        return slots(detector);
    }

    @Override
    public void load(int slot, FrameTask task) throws ImageFormatException {
        detector.load(slot, task.record.payload, timings);
        task.cost.decodeNanos = timings.decodeNanos();
        task.cost.letterboxNanos = timings.letterboxNanos();
        pictures.ifPresent(kept -> kept.keep(slot, detector.lastDecoded(), task));
    }

    @Override
    public void run(int count) {
        detector.run(count);
        lastBatch = count;
    }

    @Override
    public void finish(int slot, FrameTask task) {
        detector.detections(slot, detections, timings);
        write(detections, task);
        StageCost cost = task.cost;
        cost.inferenceNanos = detector.lastRunCpuNanos() / lastBatch;
        cost.postprocessNanos = timings.postprocessNanos();
    }

    /** Writes detections into a task, as columns of its own. */
    static void write(Detections detections, FrameTask task) {
        int size = detections.size();
        task.boxesXyxy = new float[4 * size];
        task.scores = new float[size];
        task.classIds = new int[size];
        for (int i = 0; i < size; i++) {
            task.boxesXyxy[4 * i] = detections.x1(i);
            task.boxesXyxy[4 * i + 1] = detections.y1(i);
            task.boxesXyxy[4 * i + 2] = detections.x2(i);
            task.boxesXyxy[4 * i + 3] = detections.y2(i);
            task.scores[i] = detections.score(i);
            task.classIds[i] = detections.classId(i);
        }
    }

    @Override
    public void stamp(FrameTask task) {
        StageCost cost = task.cost;
        cost.model = detector.info().name();
        cost.precision = detector.info().precision();
        cost.provider = detector.info().provider();
    }

    @Override
    public boolean runsOffCpu() {
        return runsOffCpu(detector);
    }

    static boolean runsOffCpu(Detector detector) {
        return OFF_CPU.contains(detector.info().provider());
    }

    @Override
    public void close() {
        pictures.ifPresent(SlotPictures::close);
        detector.close();
    }
}
