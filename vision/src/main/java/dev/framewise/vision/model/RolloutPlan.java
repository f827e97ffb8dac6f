package dev.framewise.vision.model;

import java.util.List;

/**
 * How a release gets from its first look at a frame to all cameras, and what it must show on the way.
 *
 * @param stages shares of the cameras, rising, each above 0 to 1; one at least
 * @param shadowShare share of the key frames that both versions look at, above 0 to 1
 * @param leastShadowFrames frames compared before the first stage and in each, at least 1
 * @param agreementFloor least F1 of matched boxes, 0 to 1
 * @param mostScoreDrift largest mean absolute difference of the scores of matched boxes, 0 to 1
 * @param mostTimeRatio largest time of the network per frame over that of the version in force; 0 for no limit
 * @param errorBudget runs that may fail, at least 0
 * @param mostTrialSeconds longest time before the first stage and in each, of the subtasks that try it; 0 for no limit
 * @param quietFrames frames compared from which on boxes need not be as many as {@code leastShadowFrames}; 0 for never
 */
public record RolloutPlan(
        List<Double> stages,
        double shadowShare,
        int leastShadowFrames,
        double agreementFloor,
        double mostScoreDrift,
        double mostTimeRatio,
        int errorBudget,
        int mostTrialSeconds,
        int quietFrames) {
    public RolloutPlan {
        stages = List.copyOf(stages);
    }

    /** The smallest stage above a share; the share itself at the end. */
    double next(double share) {
        return stages.stream().filter(stage -> stage > share).findFirst().orElse(share);
    }
}
