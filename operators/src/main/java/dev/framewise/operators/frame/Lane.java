package dev.framewise.operators.frame;

/** Frames of one camera are followed in two lanes, each in its own order and with tracks of its own. */
public enum Lane {
    /** As they are captured. */
    LIVE,

    /** What waited on a gateway's disk until live frames had gone past it: the outage, followed beside them. */
    BACKLOG
}
