package dev.framewise.vision.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.schemas.ReleaseState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From an offer to its acceptance, or back. */
class ModelLifeTest extends TestingModelLife {
    @Test
    void aReleaseIsLiveFromTheBarrierOnThatFollowsItsPromotion() throws Exception {
        Release release = offer("2", same);
        life.follow(release);
        assertThat(live()).isEqualTo("base");
        life.barrier();
        background.runAll();
        frames(3);
        assertThat(life.report().orElseThrow().frames).isEqualTo(3);
        promote(release, 1);
        assertThat(live()).as("nothing changes between barriers").isEqualTo("base");
        life.barrier();
        assertThat(live()).isEqualTo(release.version().label());
    }

    @Test
    void whatIsStillLoadingIsWaitedForByTheBarrierNotByTheFrames() throws Exception {
        Release release = offer("2", same);
        life.follow(release);
        promote(release, 1);
        life.barrier();
        assertThat(live()).isEqualTo("base");
        assertThat(life.report().orElseThrow().loaded).isFalse();
        background.runAll();
        assertThat(life.report().orElseThrow().loaded).isTrue();
        life.barrier();
        assertThat(live()).isEqualTo(release.version().label());
    }

    @Test
    void evidenceIsWhatBothSaw() throws Exception {
        life.follow(offer("2", same));
        background.runAll();
        frames(5);
        Evidence good = life.report().orElseThrow();
        assertThat(good.frames).isEqualTo(5);
        assertThat(good.agreement()).isEqualTo(1);
        assertThat(good.scoreDrift()).isBetween(0.009, 0.011);
        assertThat(good.oldNanos).isPositive();
        assertThat(good.newNanos).isPositive();
        assertThat(life.report().orElseThrow().frames).as("counted once").isZero();
    }

    @Test
    void theTrialIsTimedFromTheOfferOnFromReportToReport() throws Exception {
        nanos = 5;
        life.follow(offer("2", same));
        nanos = 7;
        assertThat(life.report().orElseThrow().trialNanos).as("still loading").isEqualTo(2);
        nanos = 17;
        assertThat(life.report().orElseThrow().trialNanos).isEqualTo(10);
        life.follow(offer("3", moved));
        assertThat(life.report().orElseThrow().trialNanos).isZero();
    }

    @Test
    void aPerturbedModelDisagrees() throws Exception {
        life.follow(offer("2", moved));
        background.runAll();
        frames(5);
        assertThat(life.report().orElseThrow().agreement()).isZero();
    }

    @Test
    void whileTheShadowIsBusyFramesPassByUnseen() throws Exception {
        life.follow(offer("2", same));
        background.runAll();
        frame("a");
        assertThat(background.waiting()).isEqualTo(1);
        frame("a");
        frame("a");
        background.runAll();
        assertThat(life.report().orElseThrow().frames).isEqualTo(1);
    }

    @Test
    void aStageIsForItsShareOfTheCameras() throws Exception {
        Release release = Release.of(
                TestingReleases.record("2", same).setStages(List.of(0.3, 0.6)).build());
        life.follow(release);
        background.runAll();
        double[] shares = {0.3, 0.6};
        for (double share : shares) {
            promote(release, share);
            life.barrier();
            for (String camera : CAMERAS) {
                assertThat(life.live(camera).label().equals(release.version().label()))
                        .as(camera)
                        .isEqualTo(CameraShare.includes(share, camera));
            }
            frames(2);
            Evidence report = life.report().orElseThrow();
            assertThat(report.share).isEqualTo(share);
            assertThat(report.frames).as("it is compared on in every stage").isPositive();
        }
        promote(release, 1);
        life.barrier();
        assertThat(CAMERAS).allSatisfy(camera -> assertThat(life.live(camera).label())
                .isEqualTo(release.version().label()));
    }

    @Test
    void afterItsPromotionTheOldOneIsTheShadowAndARefusalBringsItBack() throws Exception {
        Release release = offer("2", same);
        life.follow(release);
        background.runAll();
        promote(release, 1);
        life.barrier();
        frames(4);
        Evidence watched = life.report().orElseThrow();
        assertThat(watched.share).isEqualTo(1);
        assertThat(watched.frames).isEqualTo(4);
        life.follow(release.decided(ReleaseState.REFUSED, 0, "disagrees", "job", Optional.empty()));
        assertThat(live()).isEqualTo(release.version().label());
        life.barrier();
        assertThat(live()).isEqualTo("base");
        assertThat(life.report()).isEmpty();
    }

    @Test
    void onceAcceptedTheOldOneIsClosedAndARetirementOpensItAgain() throws Exception {
        Release release = offer("2", same);
        accept(release);
        background.runAll();
        assertThatThrownBy(() -> opened.get(0).run(1)).isInstanceOf(IllegalStateException.class);
        life.follow(release.decided(ReleaseState.RETIRED, 0, "oops", null, Optional.empty()));
        life.barrier();
        assertThat(live())
                .as("until the old one is there")
                .isEqualTo(release.version().label());
        background.runAll();
        life.barrier();
        assertThat(live()).isEqualTo("base");
    }

    @Test
    void tenVersionsInARowLeaveOneDetectorOpen() throws Exception {
        for (int version = 2; version < 12; version++) {
            accept(offer("" + version, version % 2 == 0 ? same : base));
            background.runAll();
        }
        assertThat(opened.stream().filter(ModelLifeTest::isOpen)).hasSize(1);
    }

    @Test
    void aJobRestoredFromABarrierSeesWithWhatWasLiveThere() throws Exception {
        Release release = offer("2", same);
        life.follow(release);
        background.runAll();
        promote(release, 1);
        Standings before = life.standings();
        life.barrier();
        Standings behind = life.standings();
        close();
        life = restored(behind);
        assertThat(live()).isEqualTo(release.version().label());
        close();
        life = restored(before);
        assertThat(live()).as("the record was read, the barrier did not come").isEqualTo("base");
        background.runAll();
        life.barrier();
        assertThat(live()).isEqualTo(release.version().label());
    }
}
