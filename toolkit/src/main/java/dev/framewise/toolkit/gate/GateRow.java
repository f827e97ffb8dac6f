package dev.framewise.toolkit.gate;

/**
 * Both models on one clip.
 *
 * @param clip how reports call it
 * @param frames looked at
 * @param baseline what the one in force scores
 * @param candidate what the one that wants to follow scores
 */
public record GateRow(String clip, int frames, Figures baseline, Figures candidate) {
    /**
     * One model on one clip.
     *
     * @param ap50 0 to 1
     * @param ap50To95 0 to 1
     * @param hota of its detections, every frame tracked without pixels, 0 to 1
     * @param cpuMillis median CPU time of the network for one frame, one thread
     */
    public record Figures(double ap50, double ap50To95, double hota, double cpuMillis) {}
}
