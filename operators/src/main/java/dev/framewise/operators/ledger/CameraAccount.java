package dev.framewise.operators.ledger;

import java.util.HashMap;
import java.util.Map;

/** The open window of one camera: keyed state of {@link LedgerFunction}, a Flink POJO. */
public class CameraAccount {
    /** Event time, milliseconds, inclusive. */
    public long windowStartMillis;

    public String device = "";
    public long bootEpoch;

    /** Growth of the known sequence numbers in this window. */
    public long captured;

    /** Count per name of Fate. */
    public Map<String, Long> fates = new HashMap<>();
}
