package dev.framewise.operators.tracking;

import dev.framewise.schemas.Fate;

/** A frame has met its fate: input of the ledger. A Flink POJO. */
public class FateEvent {
    /** Empty for an unreadable record. */
    public String device;

    /** Key of the stream. */
    public String camera;

    public long bootEpoch;

    /** Event time, microseconds since 1970. */
    public long capturedAtMicros;

    public Fate fate;

    /** By how many the camera's known sequence numbers grew with this record. */
    public long newlyCaptured;
}
