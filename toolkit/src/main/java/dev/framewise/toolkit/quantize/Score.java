package dev.framewise.toolkit.quantize;

/**
 * How well a model sees, over some pictures.
 *
 * @param drift how far its detections are from the float model's: the mean over these of the differences of score and of overlap from
 *     1; 0 where all are the same
 * @param agreement F1 of its detections against the float model's, scores from 0.3, overlaps from 0.5, 0 to 1
 * @param ap50 on the labels, 0 to 1; not a number where there are none
 * @param ap50To95 the same over overlaps of 0.5 to 0.95
 */
public record Score(double drift, double agreement, double ap50, double ap50To95) {
    /** Whether there were labels. */
    public boolean isLabelled() {
        return !Double.isNaN(ap50);
    }
}
