package dev.framewise.toolkit.table;

/** What papers and vendors promise of the ways to make a model smaller. */
public enum Promise {
    INT8("INT8", "4 times smaller, 2 to 4 times faster, under 1 % lost", 4, 2, 1),
    FP16("FP16", "2 times smaller, 1.5 to 2 times faster, under 0.5 % lost", 2, 1.5, 0.5),
    PRUNING("pruning 30 %", "1.4 times smaller, 1.3 to 1.6 times faster, 1 to 3 % lost", 1.4, 1.3, 3),
    DISTILLATION("distillation", "5 to 10 times smaller", 5, Double.NaN, Double.NaN),
    TOGETHER("all together", "10 to 20 times smaller, 8 to 15 times faster, 2 to 5 % lost", 10, 8, 5);

    private final String title;
    private final String words;
    private final double leastSize;
    private final double leastSpeed;
    private final double mostLost;

    Promise(String title, String words, double leastSize, double leastSpeed, double mostLost) {
        this.title = title;
        this.words = words;
        this.leastSize = leastSize;
        this.leastSpeed = leastSpeed;
        this.mostLost = mostLost;
    }

    /** The way's name. */
    public String title() {
        return title;
    }

    /** The promise in words. */
    public String words() {
        return words;
    }

    /** How many times smaller at least; not a number where nothing is promised. */
    public double leastSize() {
        return leastSize;
    }

    /** How many times faster at least; not a number where nothing is promised. */
    public double leastSpeed() {
        return leastSpeed;
    }

    /** Points of accuracy that are lost at most; not a number where nothing is promised. */
    public double mostLost() {
        return mostLost;
    }
}
