package dev.framewise.operators.inference;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.StageCost;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.model.Evidence;
import dev.framewise.vision.model.Loaded;
import dev.framewise.vision.model.ModelLife;
import dev.framewise.vision.model.Release;
import dev.framewise.vision.model.StandingCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch session whose model changes while it runs: each frame goes to the version that is live for its camera, and some
 * go to the other version, too, in the background. {@link ModelLife} says which; here frames find their slots. A batch may
 * hold frames of two versions; each is run once.
 */
public final class ModelRuntime implements BatchSession {
    private static final Logger LOG = LoggerFactory.getLogger(ModelRuntime.class);
    private static final int CLOSING_SECONDS = 30;
    private static final int NONE = -1;

    /** A frame in a slot: the detector that sees it, and where it lies in it. */
    private static final class Place {
        private FrameTask task;
        private Loaded model;
        private int slot;
        private int batch;
    }

    private final ModelLife life;
    private final ExecutorService background;
    private final StandingCodec codec = new StandingCodec();
    private final FrameTimings timings = new FrameTimings();
    private final Detections detections = new Detections();
    private final Optional<SlotPictures> pictures;
    private final Place[] places;
    private int taken;
    private int shadowed = NONE;

    /**
     * Takes over both and closes them.
     *
     * @param keepsPictures whether the tracker wants to see what the detector decodes
     */
    ModelRuntime(ModelLife life, ExecutorService background, boolean keepsPictures) {
        this(life, background, DetectorSession.slots(life.newest().detector()), keepsPictures);
    }

    ModelRuntime(ModelLife life, ExecutorService background, int slots, boolean keepsPictures) {
        this.life = life;
        this.pictures = keepsPictures ? Optional.of(new SlotPictures(slots)) : Optional.empty();
        this.background = background;
        places = new Place[slots];
        for (int slot = 0; slot < places.length; slot++) {
            places[slot] = new Place();
        }
    }

    @Override
    public int slots() {
        return places.length;
    }

    @Override
    public void load(int slot, FrameTask task) throws ImageFormatException {
        if (slot == 0) {
            taken = 0;
            shadowed = NONE;
        }
        Place place = places[slot];
        place.task = task;
        place.model = life.live(task.record.camera);
        place.slot = placedIn(place.model, slot);
        place.model.detector().load(place.slot, task.record.payload, timings);
        pictures.ifPresent(kept -> kept.keep(slot, place.model.detector().lastDecoded(), task));
        taken = slot + 1;
        task.cost.decodeNanos = timings.decodeNanos();
        task.cost.letterboxNanos = timings.letterboxNanos();
        if (shadowed == NONE
                && life.takesIntoShadow(
                        task.record.camera, task.record.sequence, place.model, place.slot, task.record.payload)) {
            shadowed = slot;
        }
    }

    /** How many of the first frames go to a model. */
    private int placedIn(Loaded model, int frames) {
        int count = 0;
        for (int slot = 0; slot < frames; slot++) {
            count += places[slot].model.equals(model) ? 1 : 0;
        }
        return count;
    }

    @Override
    public void run(int count) {
        for (Loaded model : newestFirst(count)) {
            try {
                run(model, count);
            } catch (IllegalStateException e) {
                // Not the frame's fault and not the version's before: that one, which never runs first, sees the
                // frames.
                Loaded instead = life.insteadOf(model, e).orElseThrow(() -> e);
                move(model, instead, count);
                run(instead, count);
                return;
            }
        }
    }

    private List<Loaded> newestFirst(int count) {
        List<Loaded> models = new ArrayList<>(2);
        for (int slot = 0; slot < count; slot++) {
            Loaded model = places[slot].model;
            if (!models.contains(model)) {
                models.add(life.isCandidate(model) ? 0 : models.size(), model);
            }
        }
        return models;
    }

    private void run(Loaded model, int count) {
        int frames = placedIn(model, count);
        model.detector().run(frames);
        for (int slot = 0; slot < count; slot++) {
            if (places[slot].model.equals(model)) {
                places[slot].batch = frames;
            }
        }
    }

    private void move(Loaded from, Loaded to, int count) {
        for (int slot = 0; slot < count; slot++) {
            Place place = places[slot];
            if (place.model.equals(from)) {
                place.slot = placedIn(to, count);
                place.model = to;
                if (shadowed == slot) {
                    shadowed = NONE;
                }
                try {
                    to.detector().load(place.slot, place.task.record.payload, timings);
                } catch (ImageFormatException e) {
                    throw new IllegalStateException("a picture that could be decoded before cannot be any more", e);
                }
            }
        }
    }

    @Override
    public void finish(int slot, FrameTask task) {
        if (slot >= taken || places[slot].task != task) {
            throw new IllegalStateException("slot " + slot + " holds another frame");
        }
        Place place = places[slot];
        Detector detector = place.model.detector();
        Detections found = slot == shadowed ? new Detections() : detections;
        detector.detections(place.slot, found, timings);
        DetectorSession.write(found, task);
        task.cost.inferenceNanos = detector.lastRunCpuNanos() / place.batch;
        task.cost.postprocessNanos = timings.postprocessNanos();
        stamp(place.model, task);
        if (slot == shadowed) {
            life.compare(found, detector, place.batch);
            shadowed = NONE;
        }
    }

    @Override
    public void stamp(FrameTask task) {
        stamp(life.live(task.record.camera), task);
    }

    private static void stamp(Loaded model, FrameTask task) {
        StageCost cost = task.cost;
        cost.model = model.shown();
        cost.precision = model.detector().info().precision();
        cost.provider = model.detector().info().provider();
    }

    @Override
    public void follow(Release release) {
        life.follow(release);
    }

    @Override
    public Optional<Evidence> report() {
        return life.report();
    }

    @Override
    public boolean isReady() {
        return life.isReady();
    }

    @Override
    public boolean runsOffCpu() {
        return DetectorSession.runsOffCpu(life.newest().detector());
    }

    @Override
    public void barrier() {
        life.barrier();
    }

    @Override
    public byte[] snapshot() {
        return codec.encode(life.standings());
    }

    @Override
    public String liveModel() {
        return life.newest().shown();
    }

    @Override
    public void close() {
        pictures.ifPresent(SlotPictures::close);
        background.shutdownNow();
        try {
            if (!background.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                LOG.error("a model is still being opened after {} s; its memory is not given back", CLOSING_SECONDS);
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("interrupted while closing: the memory of the models is not given back");
            return;
        }
        life.close();
    }
}
