package dev.framewise.vision.model;

import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of one model in one subtask: which is live for which camera, which is compared, which is on its way.
 *
 * <p>Records change the <em>pending</em> standing at once and start what takes time in the background: fetching, loading,
 * comparing. Which version a camera's frames go to follows from the standing <em>in force</em>, and that changes at a
 * barrier only ({@link #barrier}), when all that the pending one needs is there and idle. So what is live between two
 * barriers is known by the first of them, and a job restored from it sees with the same versions.
 *
 * <p>Owns all detectors. One thread, that of the subtask; opening, comparing and closing happen on the executor.
 */
public final class ModelLife implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLife.class);

    private final RecordCodec<ModelRelease> records = new RecordCodec<>(ModelRelease.class);
    private final Executor background;
    private final ModelPool pool;
    private final LongSupplier nanoTicker;
    private final Evidence evidence = new Evidence();

    /** Runs that failed live; where the network has a thread of its own, counted there. */
    private final AtomicInteger failures = new AtomicInteger();

    private Standing inForce;
    private Standing pending;
    private Loaded stable;
    private Loaded candidate;
    private ShadowLane lane;
    /** The candidate that the lane compares; it may be another one's than the pending standing's until the next barrier. */
    private String compared = "";

    private RefusedReleaseException refusal;
    /** When the trial of the pending candidate was reported last. */
    private long reportedNanos;

    /**
     * Opens what the standing needs live; the rest follows in the background.
     *
     * @param background runs one task after another
     * @param nanoTicker nanoseconds from any beginning
     * @throws RefusedReleaseException if the version that is in force cannot be had: the subtask must not start
     */
    public ModelLife(ModelOpener opener, Executor background, LongSupplier nanoTicker, Standings restored)
            throws RefusedReleaseException, InterruptedException {
        this.background = background;
        this.pool = new ModelPool(opener, background);
        this.nanoTicker = nanoTicker;
        this.reportedNanos = nanoTicker.getAsLong();
        this.inForce = restored.inForce();
        this.pending = restored.pending();
        if (inForce.share() > 0) {
            Release release = inForce.candidate().orElseThrow();
            try {
                candidate = pool.open(release.version().label(), Optional.of(release.version()));
            } catch (RefusedReleaseException e) {
                LOG.error(
                        "{} was live at the checkpoint and cannot be had; the version before sees its cameras",
                        release.version().label(),
                        e);
                refusal = sharesCandidate() ? e : null;
            }
        }
        if (candidate == null || inForce.share() < 1) {
            stable = pool.open(stableLabel(inForce), stableVersion(inForce));
        }
        order();
    }

    private static Optional<ModelVersion> stableVersion(Standing standing) {
        return standing.inForce().map(Release::version);
    }

    private static String stableLabel(Standing standing) {
        return stableVersion(standing).map(ModelVersion::label).orElse(Loaded.BASE);
    }

    private static Optional<String> candidateLabel(Standing standing) {
        return standing.candidate().map(release -> release.version().label());
    }

    /** Takes the next record about this model. */
    public void follow(Release release) {
        Standing next = pending.after(release);
        if (!candidateLabel(next).equals(candidateLabel(pending))) {
            refusal = null;
            evidence.clear();
            failures.set(0);
            reportedNanos = nanoTicker.getAsLong();
        }
        LOG.info(
                "{} is {}{}",
                release.version().label(),
                release.state(),
                release.record().getReason() == null
                        ? ""
                        : ": " + release.record().getReason());
        pending = next;
        order();
    }

    /** The detector that a camera's frames go to. */
    public Loaded live(String camera) {
        if (candidate != null && (stable == null || CameraShare.includes(inForce.share(), camera))) {
            return candidate;
        }
        return stable;
    }

    /** Whether a detector is the release that is live under watch, and not yet accepted. */
    public boolean isCandidate(Loaded model) {
        return candidate != null && candidate.label().equals(model.label());
    }

    /** What is live for some cameras at least; of two versions, the newer. */
    public Loaded newest() {
        return candidate == null ? stable : candidate;
    }

    /**
     * Whether both versions are to look at a frame; then the other one has taken the picture, and wants
     * {@link #compare(Detections, Detector, int)} next.
     *
     * @param slot where the picture lies in {@code live}
     */
    public boolean takesIntoShadow(String camera, long sequence, Loaded live, int slot, byte[] jpeg) {
        collect();
        if (lane == null
                || refusal != null
                || !comparesPending()
                || lane.shadow().label().equals(live.label())) {
            return false;
        }
        double share = pending.candidate().map(one -> one.plan().shadowShare()).orElse(0.0);
        return CameraShare.samples(share, camera, sequence) && lane.take(live.detector(), slot, jpeg);
    }

    /** Compares what the live detector found in the frame that was taken last. */
    public void compare(Detections found, Detector live, int batch) {
        lane.compare(found, ShadowLane.nanosPerFrame(live, batch));
    }

    /**
     * A detector to look at frames on which the live one failed: a frame is not lost for a release that breaks. Waits until it
     * is free, at most one run of the network.
     *
     * @return empty where no other version is loaded
     */
    public Optional<Loaded> insteadOf(Loaded failed, RuntimeException failure) {
        if (candidate == null || !failed.label().equals(candidate.label())) {
            return Optional.empty();
        }
        LOG.warn("{} failed on live frames; the version before sees them", failed.label(), failure);
        failures.incrementAndGet();
        if (stable != null) {
            return Optional.of(stable);
        }
        if (lane != null) {
            lane.awaitIdle();
            return Optional.of(lane.shadow());
        }
        return Optional.empty();
    }

    /** What was learned of the candidate since the last call; empty where there is none. Called before each barrier. */
    public Optional<Evidence> report() {
        collect();
        if (pending.candidate().isEmpty()) {
            return Optional.empty();
        }
        Release release = pending.candidate().get();
        Evidence report = new Evidence();
        report.share = sharesCandidate() ? inForce.share() : 0;
        report.loaded = refusal == null && missing(pending).isEmpty();
        report.problem = refusal == null ? null : refusal.problem().name();
        report.reason = refusal == null ? null : refusal.getMessage();
        drainLane();
        report.add(evidence);
        report.errors += failures.getAndSet(0);
        evidence.clear();
        long now = nanoTicker.getAsLong();
        report.trialNanos = now - reportedNanos;
        reportedNanos = now;
        report.model = release.version().model();
        report.release = records.encode(release.record());
        report.inForce =
                pending.inForce().map(one -> records.encode(one.record())).orElse(null);
        return Optional.of(report);
    }

    private boolean sharesCandidate() {
        return candidateLabel(inForce).equals(candidateLabel(pending));
    }

    private boolean comparesPending() {
        return candidateLabel(pending).filter(compared::equals).isPresent();
    }

    private void drainLane() {
        if (lane != null && comparesPending()) {
            evidence.add(lane.drain());
        }
    }

    /** Whether all that the pending standing needs live is there, and what compares is idle. */
    public boolean isReady() {
        collect();
        if (lane != null && !lane.isIdle()) {
            return false;
        }
        List<String> there = held();
        pool.spare().forEach(loaded -> there.add(loaded.label()));
        double share = pendingShare();
        return (share == 0 || there.contains(candidateLabel(pending).orElseThrow()))
                && (share == 1 || there.contains(stableLabel(pending)));
    }

    private double pendingShare() {
        return refusal == null ? pending.share() : 0;
    }

    /** At a barrier, before the state is written: what is pending comes into force, if it is ready. */
    public void barrier() {
        if (!isReady() || pending.equals(inForce)) {
            return;
        }
        double share = pendingShare();
        drainLane();
        pool.put(stable);
        pool.put(candidate);
        pool.put(lane == null ? null : lane.shadow());
        candidate = share > 0 ? pool.take(candidateLabel(pending).orElseThrow()) : null;
        stable = share < 1 ? pool.take(stableLabel(pending)) : null;
        lane = null;
        inForce = pending;
        openLane();
        LOG.info(
                "from this barrier on {} is live{}",
                stable == null ? candidate.label() : stable.label(),
                share > 0 && share < 1 ? ", and " + candidate.label() + " for " + share + " of the cameras" : "");
        retire();
    }

    private static void addIfThere(List<String> labels, Loaded loaded) {
        if (loaded != null) {
            labels.add(loaded.label());
        }
    }

    /** Starts to compare when the other version is there: the candidate, or once that is live everywhere, the stable one. */
    private void openLane() {
        if (lane != null || pending.candidate().isEmpty() || refusal != null) {
            return;
        }
        boolean showsOld = candidate != null && stable == null;
        Loaded shadow = pool.take(
                showsOld ? stableLabel(pending) : candidateLabel(pending).orElseThrow());
        if (shadow != null) {
            lane = new ShadowLane(shadow, background, showsOld);
            compared = candidateLabel(pending).orElseThrow();
        }
    }

    /** Closes in the background what nothing needs any more. */
    private void retire() {
        List<String> needed = needs(pending);
        held().forEach(label -> needed.remove(label));
        pool.retireAllBut(needed);
    }

    private List<String> held() {
        List<String> labels = new ArrayList<>();
        addIfThere(labels, stable);
        addIfThere(labels, candidate);
        addIfThere(labels, lane == null ? null : lane.shadow());
        return labels;
    }

    /** Labels of the detectors that a standing needs, some twice: while two versions are live a third instance compares. */
    private List<String> needs(Standing standing) {
        List<String> labels = new ArrayList<>();
        labels.add(stableLabel(standing));
        standing.candidate().filter(release -> refusal == null).ifPresent(release -> {
            labels.add(release.version().label());
            if (release.share() < 1 && release.plan().stages().get(0) < 1) {
                labels.add(release.version().label());
            }
        });
        return labels;
    }

    /** What a standing needs and is not there. */
    private List<String> missing(Standing standing) {
        List<String> labels = needs(standing);
        held().forEach(label -> labels.remove(label));
        pool.spare().forEach(loaded -> labels.remove(loaded.label()));
        return labels;
    }

    private void order() {
        pool.want(needs(pending));
        List<String> labels = missing(pending);
        pool.ordered().forEach(label -> labels.remove(label));
        for (String label : labels) {
            boolean isCandidate = candidateLabel(pending).filter(label::equals).isPresent();
            Optional<ModelVersion> version =
                    isCandidate ? pending.candidate().map(Release::version) : stableVersion(pending);
            pool.order(label, version);
        }
    }

    private void collect() {
        if (pool.collect(this::arrived)) {
            order();
        }
    }

    private void arrived(String label, Optional<RefusedReleaseException> reason) {
        if (reason.isPresent()) {
            refused(label, reason.get());
        } else {
            LOG.info("{} is loaded and warm", label);
            openLane();
            retire();
        }
    }

    private void refused(String label, RefusedReleaseException reason) {
        if (candidateLabel(pending).filter(label::equals).isPresent()) {
            refusal = reason;
            LOG.warn("{} is refused, {} stays: {}", label, stableLabel(pending), reason.getMessage());
            retire();
        } else {
            LOG.error("{} cannot be had; what is live stays: {}", label, reason.getMessage());
        }
    }

    /** The state of this object. */
    public Standings standings() {
        return new Standings(inForce, pending);
    }

    /** Closes every detector; the executor must have ended, whether or not it has done all that it was given. */
    @Override
    public void close() {
        pool.put(stable);
        pool.put(candidate);
        pool.put(lane == null ? null : lane.shadow());
        pool.close();
    }
}
