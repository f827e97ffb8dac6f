package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class AdaptiveCadenceTest {
    private final TrackSignals signals = new TrackSignals();

    /** Whatever happens, at no time from the start on. */
    @Property(tries = 200)
    void neverSpendsMoreThanOneCallOverItsBudget(
            @ForAll long seed, @ForAll @DoubleRange(min = 0.02, max = 1) double share) {
        Random random = new Random(seed);
        AdaptiveCadence cadence = new AdaptiveCadence(LookBudget.shareOfFrames(share));
        int calls = 0;
        for (int frame = 0; frame < 400; frame++) {
            randomize(random);
            calls += cadence.next(TrackedFrame.of(frame), signals).looks() ? 1 : 0;
            assertThat(calls).isLessThanOrEqualTo((int) Math.floor(share * (frame + 1) + 1 + 1e-9));
        }
    }

    @Property(tries = 100)
    void aRestoredCadenceChoosesTheSame(@ForAll long seed) {
        Random random = new Random(seed);
        AdaptiveCadence cadence = new AdaptiveCadence(LookBudget.shareOfFrames(0.3));
        int cut = random.nextInt(50);
        AdaptiveCadence restored = new AdaptiveCadence(LookBudget.shareOfFrames(0.9));
        for (int frame = 0; frame < 100; frame++) {
            randomize(random);
            LookReason reason = cadence.next(TrackedFrame.of(frame), signals);
            if (frame == cut) {
                restored.restore(cadence.snapshot());
            } else if (frame > cut) {
                assertThat(restored.next(TrackedFrame.of(frame), signals)).isEqualTo(reason);
            }
        }
        assertThat(restored.snapshot()).isEqualTo(cadence.snapshot());
    }

    /** Then no look is moved to where it is worth no more: scores are those of the fixed interval. */
    @Property(tries = 100)
    void aSceneThatIsBusyAllTheTimeGetsTheFixedPatternWhateverElseTheTracksSay(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int interval) {
        Random random = new Random(seed);
        int first = random.nextInt(20);
        double share = interval == 3 ? 0.333 : 1.0 / interval;
        AdaptiveCadence cadence = new AdaptiveCadence(LookBudget.shareOfFrames(share));
        FixedCadence fixed = new FixedCadence(interval, first % interval);
        for (int frame = first; frame < first + 300; frame++) {
            randomize(random);
            signals.sceneChanged = false;
            boolean lull = frame > first + interval && frame % 5 > 0 && random.nextInt(3) > 0;
            signals.tracks = lull ? 1 : 2 + random.nextInt(9);
            signals.motion = 0.02f + random.nextFloat() / 4;
            boolean looks = cadence.next(TrackedFrame.of(frame), signals).looks();
            assertThat(looks)
                    .as("frame %d", frame)
                    .isEqualTo(fixed.next(TrackedFrame.of(frame), signals).looks());
        }
    }

    @Example
    void earlyLooksSpendWhatWasSavedAndThenTheRegularOnesGoOnWhereTheyStood() {
        AdaptiveCadence cadence = new AdaptiveCadence(LookBudget.shareOfFrames(0.25));
        int calls = 0;
        for (int frame = 0; frame <= 40; frame++) {
            calls += cadence.next(TrackedFrame.of(frame), signals).looks() ? 1 : 0;
        }
        assertThat(calls).as("an empty scene saves calls").isLessThan(5);
        signals.tracks = 8;
        signals.motion = 0.1f;
        List<Long> looks = new ArrayList<>();
        for (long frame = 41; frame <= 200; frame++) {
            if (cadence.next(TrackedFrame.of(frame), signals).looks()) {
                looks.add(frame);
            }
        }
        assertThat(calls + looks.size()).as("then they are spent").isBetween(48, 51);
        assertThat(looks).filteredOn(frame -> frame > 150).allMatch(frame -> frame % 4 == 0);
        assertThat(looks).filteredOn(frame -> frame > 150).hasSize(13);
    }

    /** Written by version 1 and never again: looks at 3, 7, 11 and 15 of 0 to 17, budget 0.25, half a call left. */
    @Example
    void bytesOfVersion1AreReadForEver() throws IOException {
        AdaptiveCadence cadence = new AdaptiveCadence(LookBudget.shareOfFrames(0.9));
        try (InputStream in = AdaptiveCadenceTest.class.getResourceAsStream("/track/adaptive-cadence-v1.snapshot")) {
            cadence.restore(in.readAllBytes());
        }
        assertThat(cadence.budget().rate()).isEqualTo(0.25);
        assertThat(cadence.budget().calls()).isEqualTo(0.5);
        signals.tracks = 6;
        signals.motion = 0.1f;
        List<Long> looks = new ArrayList<>();
        for (long frame = 18; frame < 32; frame++) {
            if (cadence.next(TrackedFrame.of(frame), signals).looks()) {
                looks.add(frame);
            }
        }
        assertThat(looks).containsExactly(19L, 23L, 27L, 31L);
    }

    @Example
    void anEmptySceneCostsNearlyNothingAndANewcomerIsSeenWithinTwoFrames() {
        AdaptiveCadence cadence = new AdaptiveCadence(LookBudget.shareOfFrames(1 / 3.0));
        assertThat(cadence.next(TrackedFrame.of(0), signals)).isEqualTo(LookReason.FIRST);
        int calls = 0;
        for (int frame = 1; frame <= 120; frame++) {
            calls += cadence.next(TrackedFrame.of(frame), signals).looks() ? 1 : 0;
        }
        assertThat(calls).isLessThanOrEqualTo(11);
        signals.change = 1;
        LookReason first = cadence.next(TrackedFrame.of(121), signals);
        LookReason second = cadence.next(TrackedFrame.of(122), signals);
        assertThat(List.of(first, second)).contains(LookReason.ENTRY);
    }

    @Example
    void aTreeInTheWindIsNoNewcomerForLong() {
        AdaptiveCadence cadence = new AdaptiveCadence(LookBudget.shareOfFrames(0.5));
        signals.change = 1;
        int calls = 0;
        for (int frame = 0; frame < 400; frame++) {
            LookReason reason = cadence.next(TrackedFrame.of(frame), signals);
            calls += frame >= 200 && reason == LookReason.ENTRY ? 1 : 0;
        }
        assertThat(calls).isZero();
    }

    @Example
    void anotherSceneIsLookedAtAtOnceAndSaidSo() {
        AdaptiveCadence cadence = new AdaptiveCadence(LookBudget.shareOfFrames(1));
        cadence.next(TrackedFrame.of(0), signals);
        signals.sceneChanged = true;
        assertThat(cadence.next(TrackedFrame.of(1), signals)).isEqualTo(LookReason.SCENE_CHANGE);
    }

    @Example
    void whatTheBudgetForbidsIsSaid() {
        AdaptiveCadence cadence = new AdaptiveCadence(LookBudget.shareOfFrames(0.01));
        cadence.next(TrackedFrame.of(0), signals);
        signals.sceneChanged = true;
        assertThat(cadence.next(TrackedFrame.of(1), signals)).isEqualTo(LookReason.OVER_BUDGET);
    }

    @Example
    void camerasThatShareABudgetLeaveItToTheBusyOne() {
        LookBudget shared = LookBudget.perSecond(5);
        AdaptiveCadence quiet = new AdaptiveCadence(shared);
        AdaptiveCadence busy = new AdaptiveCadence(shared);
        TrackSignals quietSignals = new TrackSignals();
        signals.tracks = 8;
        signals.motion = 0.2f;
        int quietCalls = 0;
        int busyCalls = 0;
        TrackedFrame frame = new TrackedFrame();
        for (int number = 0; number < 200; number++) {
            frame.set(number, number * 100_000L, /* newPixels= */ null);
            quietCalls += quiet.next(frame, quietSignals).looks() ? 1 : 0;
            busyCalls += busy.next(frame, signals).looks() ? 1 : 0;
        }
        assertThat(quietCalls + busyCalls).isBetween(50, 101);
        assertThat(busyCalls).isGreaterThan(2 * quietCalls);
    }

    @Example
    void aDirectiveMakesTheBudgetSmallerForAsLongAsItIsInForce() {
        AdaptiveCadence cadence = new AdaptiveCadence(LookBudget.shareOfFrames(0.5));
        signals.tracks = 8;
        signals.motion = 0.5f;
        assertThat(calls(cadence, /* from= */ 0, /* directed= */ 10)).isBetween(9, 11);
        assertThat(calls(cadence, /* from= */ 100, /* directed= */ 1))
                .as("it has expired")
                .isBetween(45, 51);
        assertThat(calls(cadence, /* from= */ 200, /* directed= */ 2))
                .as("it allows what is allowed anyway")
                .isBetween(49, 51);
    }

    /** A shared budget is not one camera's, and is not made smaller for the others. */
    @Example
    void aDirectiveKeepsTheLooksOfItsCameraApartWhereTheBudgetIsByTime() {
        LookBudget shared = LookBudget.perSecond(1_000);
        AdaptiveCadence hot = new AdaptiveCadence(shared);
        AdaptiveCadence cool = new AdaptiveCadence(shared);
        signals.tracks = 8;
        signals.motion = 0.5f;
        assertThat(calls(hot, /* from= */ 0, /* directed= */ 20)).isBetween(4, 5);
        assertThat(calls(cool, /* from= */ 0, /* directed= */ 1)).isGreaterThan(20);
    }

    /** What a directive leaves is no state: it comes with the next frame, or has expired. */
    @Property(tries = 50)
    void neverSpendsMoreThanOneCallOverWhatDirectivesLeave(@ForAll long seed) {
        Random random = new Random(seed);
        AdaptiveCadence cadence = new AdaptiveCadence(LookBudget.shareOfFrames(0.4));
        double allowed = 1;
        int calls = 0;
        for (int frame = 0; frame < 400; frame++) {
            randomize(random);
            int directed = 1 + frame / 50 % 8;
            allowed += Math.min(0.4, 1.0 / directed);
            if (random.nextInt(40) == 0) {
                byte[] snapshot = cadence.snapshot();
                cadence = new AdaptiveCadence(LookBudget.shareOfFrames(0.4));
                cadence.restore(snapshot);
            }
            cadence.limit(directed);
            calls += cadence.next(TrackedFrame.of(frame), signals).looks() ? 1 : 0;
            assertThat(calls).isLessThanOrEqualTo((int) Math.floor(allowed + 1e-9));
        }
    }

    @Example
    void aDirectiveOfNoFrameIsRefused() {
        assertThatThrownBy(() -> new AdaptiveCadence(LookBudget.shareOfFrames(0.5)).limit(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private int calls(AdaptiveCadence cadence, int from, int directed) {
        TrackedFrame frame = new TrackedFrame();
        int calls = 0;
        for (int number = from; number < from + 100; number++) {
            cadence.limit(directed);
            frame.set(number, number * 100_000L, /* newPixels= */ null);
            calls += cadence.next(frame, signals).looks() ? 1 : 0;
        }
        return calls;
    }

    /** A directive reaches the cadence also by what the gateway sends: pictures of one of N frames, news of the others. */
    @Example
    void aGatewayThatSendsOneOfThreeAndABudgetOfAThirdDoNotMultiply() {
        signals.tracks = 5;
        signals.motion = 0.1f;
        assertThat(callsOf(/* sent= */ 3, /* share= */ 1 / 3.0)).isEqualTo(100);
        assertThat(callsOf(/* sent= */ 6, /* share= */ 1 / 3.0))
                .as("the board is hotter")
                .isEqualTo(50);
        assertThat(callsOf(/* sent= */ 1, /* share= */ 1 / 3.0))
                .as("it has cooled")
                .isEqualTo(100);
    }

    private int callsOf(int sent, double share) {
        AdaptiveCadence cadence = new AdaptiveCadence(LookBudget.shareOfFrames(share));
        int calls = 0;
        for (int frame = 0; frame < 300; frame += sent) {
            calls += cadence.next(TrackedFrame.of(frame), signals).looks() ? 1 : 0;
        }
        return calls;
    }

    @Example
    void otherBytesAreRefused() {
        AdaptiveCadence cadence = new AdaptiveCadence(LookBudget.shareOfFrames(0.5));
        assertThatThrownBy(() -> cadence.restore(new byte[40])).hasMessageContaining("these 40 bytes are none");
        assertThatThrownBy(() -> cadence.restore(new FixedCadence(3, 0).snapshot()))
                .isInstanceOf(IllegalArgumentException.class);
        byte[] other = cadence.snapshot();
        other[7] = 9;
        assertThatThrownBy(() -> cadence.restore(other)).hasMessageContaining("version 9 is unknown");
    }

    private void randomize(Random random) {
        signals.tracks = random.nextInt(10);
        signals.motion = random.nextFloat() / 4;
        signals.uncertainty = random.nextFloat() / 4;
        signals.flowFailures = random.nextFloat();
        signals.change = random.nextInt(3) == 0 ? random.nextFloat() : 0;
        signals.sceneChanged = random.nextInt(20) == 0;
    }
}
