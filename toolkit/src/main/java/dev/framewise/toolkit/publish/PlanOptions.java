package dev.framewise.toolkit.publish;

import dev.framewise.schemas.ModelRelease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How an offered release is tried and rolled out; what is not said keeps the default of the record. */
public final class PlanOptions {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    private final List<Consumer<ModelRelease.Builder>> said = new ArrayList<>();

    @Option(
            names = "--rollout",
            paramLabel = "R",
            description = "Share of the cameras that see it in the end, above 0 to 1 (default: 1)")
    void rollout(double share) {
        share("--rollout", share, ModelRelease.Builder::setRollout);
    }

    @Option(
            names = "--stages",
            paramLabel = "R",
            split = ",",
            description = "Shares of the cameras on the way there, rising, such as 0.1,0.5 (default: none)")
    void stages(List<Double> shares) {
        boolean rising = shares.stream().allMatch(PlanOptions::isShare)
                && shares.stream().sorted().distinct().toList().equals(shares);
        set(rising, "--stages", shares, "rising, above 0 to --rollout", ModelRelease.Builder::setStages);
    }

    @Option(
            names = "--shadow-share",
            paramLabel = "R",
            description = "Share of the key frames that old and new version both look at, above 0 to 1 (default: 0.1)")
    void shadowShare(double share) {
        share("--shadow-share", share, ModelRelease.Builder::setShadowShare);
    }

    @Option(
            names = "--shadow-frames",
            paramLabel = "N",
            description = "Frames compared before it sees anything live, and in each stage, from 1 (default: 100)")
    void shadowFrames(int frames) {
        set(frames >= 1, "--shadow-frames", frames, "from 1", ModelRelease.Builder::setLeastShadowFrames);
    }

    @Option(
            names = "--agreement",
            paramLabel = "F1",
            description = "Least agreement of its boxes with those of the old version, 0 to 1 (default: 0.9)")
    void agreement(double floor) {
        ratio("--agreement", floor, ModelRelease.Builder::setAgreementFloor);
    }

    @Option(
            names = "--score-drift",
            paramLabel = "R",
            description = "Largest mean difference of the scores of boxes that agree, 0 to 1 (default: 0.1)")
    void scoreDrift(double most) {
        ratio("--score-drift", most, ModelRelease.Builder::setMostScoreDrift);
    }

    @Option(
            names = "--time-ratio",
            paramLabel = "R",
            description = "Longest time of its network over that of the old one; 0 for any (default: 1.5)")
    void timeRatio(double most) {
        set(most >= 0, "--time-ratio", most, "0 or more", ModelRelease.Builder::setMostTimeRatio);
    }

    @Option(
            names = "--errors",
            paramLabel = "N",
            description = "Runs that may fail before it is refused, 0 or more (default: 0)")
    void errors(int budget) {
        set(budget >= 0, "--errors", budget, "0 or more", ModelRelease.Builder::setErrorBudget);
    }

    @Option(
            names = "--trial",
            paramLabel = "DURATION",
            description =
                    "Longest trial before each stage, in seconds; then it is refused for want of evidence; PT0S for no "
                            + "limit (default: PT24H)")
    void trial(Duration most) {
        set(
                !most.isNegative()
                        && most.toSeconds() <= Integer.MAX_VALUE
                        && most.equals(Duration.ofSeconds(most.toSeconds())),
                "--trial",
                most,
                "whole seconds, PT0S or more",
                (release, length) -> release.setMostTrialSeconds((int) length.toSeconds()));
    }

    @Option(
            names = "--quiet-frames",
            paramLabel = "N",
            description = "Frames from which on it is judged however few boxes they hold, for cameras that rarely see "
                    + "anything: where both versions see nothing they agree (default: never)")
    void quietFrames(int frames) {
        set(frames >= 1, "--quiet-frames", frames, "from --shadow-frames on", ModelRelease.Builder::setQuietFrames);
    }

    /** Writes into a release what was said. */
    public void writeTo(ModelRelease.Builder release) {
        said.forEach(one -> one.accept(release));
    }

    private void share(String name, double value, BiConsumer<ModelRelease.Builder, Double> setter) {
        set(isShare(value), name, value, "above 0 to 1", setter);
    }

    private void ratio(String name, double value, BiConsumer<ModelRelease.Builder, Double> setter) {
        set(value >= 0 && value <= 1, name, value, "0 to 1", setter);
    }

    private <T> void set(
            boolean holds, String name, T value, String allowed, BiConsumer<ModelRelease.Builder, T> setter) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), name + " is " + value + "; allowed: " + allowed);
        }
        said.add(release -> setter.accept(release, value));
    }

    private static boolean isShare(double value) {
        return value > 0 && value <= 1;
    }
}
