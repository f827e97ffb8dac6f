package dev.framewise.operators.frame;

/**
 * What one frame cost in each stage: CPU time of the subtask's thread in nanoseconds, which a loaded machine does not inflate;
 * zero where the stage did nothing for it. A Flink POJO.
 */
public class StageCost {
    public long decodeNanos;
    public long letterboxNanos;

    /** Wall time in which the frame stood loaded and waited for its batch. */
    public long waitNanos;

    /** CPU time of the network on the subtask's thread, shared equally among the frames of the batch. */
    public long inferenceNanos;

    public long postprocessNanos;

    /** Frames in its batch; 0 where it was not inferred. */
    public int batchSize;

    /** Model id in force in the subtask, whether or not it looked at this frame. */
    public String model;

    /** "fp32", "fp16" or "int8". */
    public String precision;

    /** Execution provider in use. */
    public String provider;
}
