package dev.framewise.vision.model;

import dev.framewise.schemas.ReleaseState;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Decides one release's way from the evidence of all subtasks: on to the next stage, accepted, or refused.
 *
 * <p>A stage is passed when every subtask has the release loaded, {@code leastShadowFrames} frames of this stage were
 * compared, and neither agreement, score drift, time nor errors stand against it. Evidence of another share than the
 * stage's is left out: it was gathered before all had followed the last decision.
 *
 * <p>Boxes are the evidence: there must be as many of them as frames. Where nobody sees any the release waits, until
 * {@code quietFrames} were compared, if the plan says so, and at most {@code mostTrialSeconds}: then it is refused, and the
 * reason says what was missing. That time is what the subtasks spent on it, so a job that is down does not use it up.
 * Plain state, no clock; one thread.
 */
public final class Rollout {
    private final BitSet loaded;
    private final Evidence sums;
    private Release release;
    private double share;
    private boolean ended;

    /** Starts with the share that the release's record says, as a job does that finds it promoted by another. */
    public Rollout(Release release) {
        this(release, new BitSet(), new Evidence(), release.share(), /* ended= */ false);
    }

    Rollout(Release release, BitSet loaded, Evidence sums, double share, boolean ended) {
        this.release = release;
        this.loaded = loaded;
        this.sums = sums;
        this.share = share;
        this.ended = ended;
    }

    /** What a decision says. */
    public record Decision(
            ReleaseState state, double share, Optional<RefusedReleaseException.Problem> problem, String reason) {}

    /** Takes a report; a decision, once, when it makes the difference. */
    public Optional<Decision> accept(Evidence report) {
        if (ended) {
            return Optional.empty();
        }
        if (report.problem != null) {
            return refuse(RefusedReleaseException.Problem.valueOf(report.problem), report.reason);
        }
        if (report.loaded) {
            loaded.set(report.subtask);
        }
        if (report.share > share) {
            // A decision of before a restore is in the topic already, but not in what was restored here.
            share = report.share;
            reset();
        } else if (report.share < share) {
            return Optional.empty();
        }
        sums.add(report);
        if (sums.errors > release.plan().errorBudget()) {
            return refuse(
                    RefusedReleaseException.Problem.BAD_RESULTS,
                    sums.errors + " runs failed; its budget is "
                            + release.plan().errorBudget());
        }
        if (loaded.cardinality() >= report.parallelism && (hasBoxes() || isQuiet())) {
            return judge();
        }
        return isOver(report.parallelism)
                ? refuse(RefusedReleaseException.Problem.NO_EVIDENCE, missing(report.parallelism))
                : Optional.empty();
    }

    private boolean hasBoxes() {
        int least = release.plan().leastShadowFrames();
        return sums.frames >= least && sums.oldBoxes + sums.newBoxes >= least;
    }

    private boolean isQuiet() {
        int quiet = release.plan().quietFrames();
        return quiet > 0 && sums.frames >= quiet;
    }

    /** Whether its trial has lasted too long; where its plan has ended at some of the cameras, none is going on. */
    private boolean isOver(int subtasks) {
        RolloutPlan plan = release.plan();
        boolean tried = share == 1 || plan.next(share) > share;
        long mostNanos = TimeUnit.SECONDS.toNanos(plan.mostTrialSeconds());
        return tried && mostNanos > 0 && sums.trialNanos / subtasks >= mostNanos;
    }

    private String missing(int subtasks) {
        RolloutPlan plan = release.plan();
        return String.format(
                Locale.ROOT,
                "not decided in %d s: %d of %d subtasks had it loaded, %d of %d frames were compared, and %d of as many"
                        + " boxes seen. Offer it under another version when there is more to see, with a longer trial,"
                        + " or with quiet frames where there rarely is anything.",
                plan.mostTrialSeconds(),
                loaded.cardinality(),
                subtasks,
                sums.frames,
                plan.leastShadowFrames(),
                sums.oldBoxes + sums.newBoxes);
    }

    private Optional<Decision> judge() {
        RolloutPlan plan = release.plan();
        String found = figures();
        if (sums.agreement() < plan.agreementFloor()) {
            return refuse(
                    RefusedReleaseException.Problem.BAD_RESULTS,
                    "agreement is below its floor of " + plan.agreementFloor() + ": " + found);
        }
        if (sums.scoreDrift() > plan.mostScoreDrift()) {
            return refuse(
                    RefusedReleaseException.Problem.BAD_RESULTS,
                    "scores drift more than " + plan.mostScoreDrift() + ": " + found);
        }
        if (plan.mostTimeRatio() > 0 && sums.timeRatio() > plan.mostTimeRatio()) {
            return refuse(
                    RefusedReleaseException.Problem.BAD_RESULTS,
                    "takes more than " + plan.mostTimeRatio() + " times the time: " + found);
        }
        double next = plan.next(share);
        reset();
        if (next > share) {
            share = next;
            return Optional.of(new Decision(ReleaseState.PROMOTED, share, Optional.empty(), found));
        }
        if (share < 1) {
            // Its plan ends here: it stays with these cameras, and under watch, until it is offered with a larger
            // rollout.
            return Optional.empty();
        }
        ended = true;
        return Optional.of(new Decision(ReleaseState.ACCEPTED, share, Optional.empty(), found));
    }

    /** The next stage is judged by its own frames; failed runs are counted over all stages. */
    private void reset() {
        long errors = sums.errors;
        sums.clear();
        sums.errors = errors;
    }

    private Optional<Decision> refuse(RefusedReleaseException.Problem problem, String reason) {
        ended = true;
        return Optional.of(new Decision(ReleaseState.REFUSED, /* share= */ 0, Optional.of(problem), reason));
    }

    private String figures() {
        return String.format(
                Locale.ROOT,
                "agreement %.3f, score drift %.3f, time ratio %.2f over %d frames and %d + %d boxes",
                sums.agreement(),
                sums.scoreDrift(),
                sums.timeRatio(),
                sums.frames,
                sums.oldBoxes,
                sums.newBoxes);
    }

    /** Goes on with the plan of this record of the same version; another plan begins its trial anew. */
    public void follow(Release changed) {
        if (!changed.plan().equals(release.plan())) {
            sums.trialNanos = 0;
        }
        release = changed;
    }

    Release release() {
        return release;
    }

    BitSet loaded() {
        return loaded;
    }

    Evidence sums() {
        return sums;
    }

    double share() {
        return share;
    }

    /** Whether it is about that version. */
    public boolean isAbout(Release other) {
        return release.isSameVersion(other);
    }

    /** Whether the last word about this release is spoken. */
    public boolean ended() {
        return ended;
    }
}
