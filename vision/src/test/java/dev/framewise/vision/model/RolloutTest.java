package dev.framewise.vision.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.schemas.ReleaseState;
import dev.framewise.vision.model.RefusedReleaseException.Problem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RolloutTest {
    private Rollout rollout;

    @Test
    void allStagesAndThenAccepted() throws Exception {
        rollout = new Rollout(Release.of(
                TestingReleases.record("2").setStages(List.of(0.1, 0.5)).build()));
        assertThat(decision(good(0))).isEqualTo("PROMOTED 0.1");
        assertThat(decision(good(0.1))).isEqualTo("PROMOTED 0.5");
        assertThat(decision(good(0.5))).isEqualTo("PROMOTED 1.0");
        assertThat(decision(good(1))).isEqualTo("ACCEPTED 1.0");
        assertThat(rollout.ended()).isTrue();
        assertThat(decision(good(1))).isEqualTo("none");
    }

    @Test
    void itWaitsUntilEverySubtaskHasItLoaded() throws Exception {
        rollout = new Rollout(TestingReleases.offered("2"));
        Evidence first = good(0);
        first.parallelism = 2;
        assertThat(decision(first)).isEqualTo("none");
        Evidence second = new Evidence();
        second.subtask = 1;
        second.parallelism = 2;
        assertThat(decision(second)).isEqualTo("none");
        second.loaded = true;
        assertThat(decision(second)).isEqualTo("PROMOTED 1.0");
    }

    @Test
    void itWaitsForFramesAndWhereNobodySeesAnythingForBoxes() throws Exception {
        rollout = new Rollout(TestingReleases.offered("2"));
        assertThat(decision(silent(0))).isEqualTo("none");
        Evidence few = good(0);
        few.frames = 0;
        assertThat(decision(few)).isEqualTo("PROMOTED 1.0");
    }

    @Test
    void whereThereRarelyIsAnythingSilenceOfBothIsAgreementInTheEnd() throws Exception {
        rollout = new Rollout(
                Release.of(TestingReleases.record("2").setQuietFrames(6).build()));
        Evidence silent = silent(0);
        assertThat(decision(silent)).isEqualTo("none");
        assertThat(decision(silent)).isEqualTo("PROMOTED 1.0");
        silent.share = 1;
        assertThat(decision(silent)).as("the next stage is as long").isEqualTo("none");
        assertThat(decision(silent)).isEqualTo("ACCEPTED 1.0");
    }

    @Test
    void theFewBoxesOfAQuietSceneMustAgree() throws Exception {
        rollout = new Rollout(
                Release.of(TestingReleases.record("2").setQuietFrames(6).build()));
        Evidence dead = silent(0);
        dead.oldBoxes = 1;
        assertThat(decision(dead)).isEqualTo("none");
        assertThat(rollout.accept(dead).orElseThrow().reason()).contains("agreement 0.000", "2 + 0 boxes");
    }

    @Test
    void aTrialThatSeesTooLittleEndsInARefusalThatSaysWhatWasMissing() throws Exception {
        rollout = new Rollout(
                Release.of(TestingReleases.record("2").setMostTrialSeconds(60).build()));
        Evidence silent = silent(0);
        silent.parallelism = 2;
        silent.trialNanos = TimeUnit.SECONDS.toNanos(59);
        assertThat(decision(silent)).isEqualTo("none");
        silent.subtask = 1;
        assertThat(decision(silent)).as("both have tried for 59 s").isEqualTo("none");
        silent.trialNanos = TimeUnit.SECONDS.toNanos(2);
        Rollout.Decision decision = rollout.accept(silent).orElseThrow();
        assertThat(decision.state()).isEqualTo(ReleaseState.REFUSED);
        assertThat(decision.problem()).contains(Problem.NO_EVIDENCE);
        assertThat(decision.reason())
                .contains(
                        "not decided in 60 s: 2 of 2 subtasks had it loaded, 9 of 3 frames were compared, and 0 of as");
    }

    @Test
    void aTrialThatNeverLoadsEndsTooAndOneWithoutLimitDoesNot() throws Exception {
        Evidence loading = new Evidence();
        loading.parallelism = 1;
        loading.trialNanos = TimeUnit.DAYS.toNanos(2);
        rollout = new Rollout(
                Release.of(TestingReleases.record("2").setMostTrialSeconds(0).build()));
        assertThat(decision(loading)).isEqualTo("none");
        rollout = new Rollout(TestingReleases.offered("2"));
        assertThat(rollout.accept(loading).orElseThrow().reason()).contains("in 86400 s: 0 of 1 subtasks had it");
    }

    @Test
    void whereItsPlanHasEndedAtSomeCamerasNoTrialGoesOnUntilThePlanIsLarger() throws Exception {
        rollout = new Rollout(
                Release.of(TestingReleases.record("2").setRollout(0.5).build()));
        assertThat(decision(good(0))).isEqualTo("PROMOTED 0.5");
        Evidence night = silent(0.5);
        night.trialNanos = TimeUnit.DAYS.toNanos(2);
        assertThat(decision(night)).isEqualTo("none");
        rollout.follow(TestingReleases.offered("2"));
        night.trialNanos = 0;
        assertThat(decision(night)).isEqualTo("none");
        night.trialNanos = TimeUnit.DAYS.toNanos(2);
        assertThat(decision(night)).isEqualTo("REFUSED 0.0");
    }

    @Test
    void reportsOfSeveralBarriersAddUp() throws Exception {
        rollout = new Rollout(TestingReleases.offered("2"));
        for (int barrier = 0; barrier < 2; barrier++) {
            Evidence one = good(0);
            one.frames = 1;
            assertThat(decision(one)).isEqualTo("none");
        }
        Evidence third = good(0);
        third.frames = 1;
        assertThat(decision(third)).isEqualTo("PROMOTED 1.0");
    }

    @Test
    void disagreementIsRefusedAlsoWhenItComesAfterThePromotion() throws Exception {
        rollout = new Rollout(TestingReleases.offered("2"));
        assertThat(decision(good(0))).isEqualTo("PROMOTED 1.0");
        Evidence bad = good(1);
        bad.matched = 2;
        Rollout.Decision decision = rollout.accept(bad).orElseThrow();
        assertThat(decision.state()).isEqualTo(ReleaseState.REFUSED);
        assertThat(decision.problem()).contains(Problem.BAD_RESULTS);
        assertThat(decision.reason()).contains("agreement is below its floor of 0.9", "agreement 0.400");
    }

    @Test
    void driftingScoresAreRefused() throws Exception {
        rollout = new Rollout(TestingReleases.offered("2"));
        Evidence drifting = good(0);
        drifting.driftSum = 0.11 * drifting.matched;
        assertThat(rollout.accept(drifting).orElseThrow().reason()).contains("scores drift more than 0.1");
    }

    @Test
    void aBrokenLatencyObjectiveIsRefusedUnlessThereIsNone() throws Exception {
        rollout = new Rollout(TestingReleases.offered("2"));
        Evidence slow = good(0);
        slow.newNanos = 16_000;
        assertThat(rollout.accept(slow).orElseThrow().reason()).contains("takes more than 1.5 times the time");
        rollout = new Rollout(
                Release.of(TestingReleases.record("2").setMostTimeRatio(0).build()));
        assertThat(decision(slow)).isEqualTo("PROMOTED 1.0");
    }

    @Test
    void errorsBeyondTheBudgetAreRefusedAtOnceAndCountedOverAllStages() throws Exception {
        rollout = new Rollout(
                Release.of(TestingReleases.record("2").setErrorBudget(1).build()));
        Evidence failing = good(0);
        failing.errors = 1;
        assertThat(decision(failing)).isEqualTo("PROMOTED 1.0");
        Evidence again = new Evidence();
        again.share = 1;
        again.errors = 1;
        assertThat(rollout.accept(again).orElseThrow().reason()).contains("2 runs failed");
    }

    @Test
    void whatASubtaskCannotLoadIsRefusedForAll() throws Exception {
        rollout = new Rollout(TestingReleases.offered("2"));
        Evidence refused = new Evidence();
        refused.problem = Problem.WRONG_BYTES.name();
        refused.reason = "other bytes";
        Rollout.Decision decision = rollout.accept(refused).orElseThrow();
        assertThat(decision.problem()).contains(Problem.WRONG_BYTES);
        assertThat(decision.reason()).isEqualTo("other bytes");
    }

    @Test
    void evidenceOfTheStageBeforeCountsNoMore() throws Exception {
        rollout = new Rollout(TestingReleases.offered("2"));
        assertThat(decision(good(0))).isEqualTo("PROMOTED 1.0");
        assertThat(decision(good(0))).isEqualTo("none");
        assertThat(decision(good(1))).isEqualTo("ACCEPTED 1.0");
    }

    @Test
    void restoredFromBeforeItsOwnDecisionItGoesOnFromThere() throws Exception {
        rollout = new Rollout(TestingReleases.offered("2"));
        assertThat(decision(good(1))).isEqualTo("ACCEPTED 1.0");
    }

    @Test
    void aRolloutToSomeCamerasStaysThereUntilItsPlanIsLarger() throws Exception {
        rollout = new Rollout(
                Release.of(TestingReleases.record("2").setRollout(0.5).build()));
        assertThat(decision(good(0))).isEqualTo("PROMOTED 0.5");
        assertThat(decision(good(0.5))).isEqualTo("none");
        rollout.follow(TestingReleases.offered("2"));
        assertThat(decision(good(0.5))).isEqualTo("PROMOTED 1.0");
    }

    @Test
    void itsBytesAreReadBackAndThoseOfOldVersionsForEver() throws Exception {
        rollout = new Rollout(TestingReleases.offered("2"));
        Evidence first = good(0);
        first.parallelism = 2;
        rollout.accept(first);
        RolloutCodec codec = new RolloutCodec();
        for (byte[] bytes : List.of(
                codec.encode(rollout), StandingTest.fixture("rollout-1.hex"), StandingTest.fixture("rollout-2.hex"))) {
            rollout = codec.decode(bytes);
            Evidence second = new Evidence();
            second.subtask = 1;
            second.parallelism = 2;
            second.loaded = true;
            assertThat(decision(second)).isEqualTo("PROMOTED 1.0");
        }
    }

    /** Version 2 knows how long it has been tried: half of its day. */
    @Test
    void aTrialGoesOnBehindARestoreAndThatOfVersion1BeginsThere() throws Exception {
        Evidence halfADay = silent(0);
        halfADay.parallelism = 2;
        halfADay.trialNanos = TimeUnit.DAYS.toNanos(1);
        rollout = new RolloutCodec().decode(StandingTest.fixture("rollout-1.hex"));
        assertThat(decision(halfADay)).isEqualTo("none");
        rollout = new RolloutCodec().decode(StandingTest.fixture("rollout-2.hex"));
        assertThat(decision(halfADay)).isEqualTo("REFUSED 0.0");
    }

    private String decision(Evidence report) {
        Optional<Rollout.Decision> decision = rollout.accept(report);
        return decision.map(one -> one.state() + " " + one.share()).orElse("none");
    }

    private static Evidence silent(double share) {
        Evidence report = good(share);
        report.oldBoxes = 0;
        report.newBoxes = 0;
        report.matched = 0;
        return report;
    }

    private static Evidence good(double share) {
        Evidence report = new Evidence();
        report.parallelism = 1;
        report.loaded = true;
        report.share = share;
        report.frames = 3;
        report.oldBoxes = 5;
        report.newBoxes = 5;
        report.matched = 5;
        report.oldNanos = 10_000;
        report.newNanos = 10_000;
        return report;
    }
}
