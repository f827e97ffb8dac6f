package dev.framewise.toolkit.quantize;

import java.util.BitSet;

/**
 * A division that was measured.
 *
 * @param int8 the units that are INT8
 * @param observer how ranges are read off
 * @param score how well it sees
 * @param speedup how often it runs while the folded float model runs once, side by side
 */
record Candidate(BitSet int8, Observer observer, Score score, double speedup) {
    /** Whether it is faster and sees more alike. */
    boolean isBetterThan(Candidate other) {
        return speedup > other.speedup && score.drift() < other.score.drift();
    }
}
