package dev.framewise.vision.track;

import java.util.ArrayList;
import java.util.List;

/**
 * How uncertain motion is, as standard deviations in heights of the box (of {@link BoxMotion}'s four filters; for the width, 0.7 of
 * that) per step.
 *
 * @param startPosition of the first detection
 * @param startVelocity of the velocity of a new track, which starts at rest
 * @param position added to the position at each step
 * @param velocity added to the velocity at each step
 * @param detection of a detected box
 * @param flow of a motion measured by pixels
 * @param sizePersistence what is left of the velocity of width and height after a step, 0 (sizes are as they were) to 1
 */
public record MotionNoise(
        double startPosition,
        double startVelocity,
        double position,
        double velocity,
        double detection,
        double flow,
        double sizePersistence) {
    public MotionNoise {
        List<String> problems = new ArrayList<>();
        positive(problems, "startPosition", startPosition);
        positive(problems, "startVelocity", startVelocity);
        positive(problems, "position", position);
        positive(problems, "velocity", velocity);
        positive(problems, "detection", detection);
        positive(problems, "flow", flow);
        if (!(sizePersistence >= 0 && sizePersistence <= 1)) {
            problems.add("sizePersistence " + sizePersistence + " is not within 0 to 1");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("motion noise: " + String.join("; ", problems));
        }
    }

    private static void positive(List<String> problems, String name, double value) {
        if (!(value > 0 && value <= 10)) {
            problems.add(name + " " + value + " is not within 0 to 10 heights, 0 excluded");
        }
    }
}
