package dev.framewise.gateway.outbox;

/** What a waiting record is worth: where room is short, the first kind goes first. The codes are on disks; never change one. */
enum Worth {
    /** A frame without a picture: its fate is kept in a span. */
    NO_PICTURE(0),
    /** A picture like many others. */
    PICTURE(1),
    /** Telemetry and ledger windows: small, and of no use when they are gone. */
    READING(2),
    /** A picture from around an event. */
    NEAR_EVENT(3);

    private final int code;

    Worth(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
