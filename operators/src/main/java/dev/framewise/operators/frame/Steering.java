package dev.framewise.operators.frame;

import dev.framewise.schemas.Directive;
import dev.framewise.schemas.ModelRelease;

/**
 * What reaches every subtask of the perception job beside the frames: a release of its model, or what a board is told to do about
 * its heat. A Flink POJO.
 */
public class Steering {
    /** A release; null for a directive. */
    public ModelRelease release;

    /** The board that a directive is for; null for a release. */
    public String device;

    /** The directive; null for a release, and where the board's directive was withdrawn. */
    public Directive directive;

    /** A release to be tried. */
    public static Steering release(ModelRelease release) {
        Steering steering = new Steering();
        steering.release = release;
        return steering;
    }

    /** A directive for a board; null where the one before was withdrawn. */
    public static Steering directive(String device, Directive directive) {
        Steering steering = new Steering();
        steering.device = device;
        steering.directive = directive;
        return steering;
    }
}
