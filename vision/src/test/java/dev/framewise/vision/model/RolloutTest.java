package dev.framewise.vision.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.schemas.ReleaseState;
import dev.framewise.vision.model.RefusedReleaseException.Problem;
import java.util.List;
import java.util.Optional;
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
        Evidence empty = good(0);
        empty.oldBoxes = 0;
        empty.newBoxes = 0;
        empty.matched = 0;
        assertThat(decision(empty)).isEqualTo("none");
        Evidence few = good(0);
        few.frames = 0;
        assertThat(decision(few)).isEqualTo("PROMOTED 1.0");
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
    void itsBytesAreReadBackAndThoseOfVersion1ForEver() throws Exception {
        rollout = new Rollout(TestingReleases.offered("2"));
        Evidence first = good(0);
        first.parallelism = 2;
        rollout.accept(first);
        RolloutCodec codec = new RolloutCodec();
        for (byte[] bytes : List.of(codec.encode(rollout), StandingTest.fixture("rollout-1.hex"))) {
            rollout = codec.decode(bytes);
            Evidence second = new Evidence();
            second.subtask = 1;
            second.parallelism = 2;
            second.loaded = true;
            assertThat(decision(second)).isEqualTo("PROMOTED 1.0");
        }
    }

    private String decision(Evidence report) {
        Optional<Rollout.Decision> decision = rollout.accept(report);
        return decision.map(one -> one.state() + " " + one.share()).orElse("none");
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
