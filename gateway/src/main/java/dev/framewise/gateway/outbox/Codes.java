package dev.framewise.gateway.outbox;

import dev.framewise.schemas.Disposition;
import java.util.Map;

/** Dispositions as they stand on the disk. Never change one. */
final class Codes {
    /** Not a frame. */
    static final int NO_FRAME = -1;

    private static final Map<Disposition, Integer> CODES =
            Map.of(Disposition.SENT, 0, Disposition.SKIPPED, 1, Disposition.THROTTLED, 2, Disposition.EVICTED, 3);

    private Codes() {}

    static int of(Disposition disposition) {
        return CODES.get(disposition);
    }

    static Disposition disposition(int code) {
        return CODES.entrySet().stream()
                .filter(entry -> entry.getValue() == code)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(OutboxDatabase.FILE + " holds disposition " + code));
    }
}
