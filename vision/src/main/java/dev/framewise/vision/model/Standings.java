package dev.framewise.vision.model;

/**
 * What a subtask keeps in a checkpoint: what is live, and what is to be as soon as it can.
 *
 * @param inForce since the last barrier
 * @param pending after all records so far
 */
public record Standings(Standing inForce, Standing pending) {
    /** Before any record. */
    public static final Standings START = new Standings(Standing.START, Standing.START);

    /** The newer of what two subtasks kept. */
    public Standings newer(Standings other) {
        return new Standings(inForce.newer(other.inForce), pending.newer(other.pending));
    }
}
