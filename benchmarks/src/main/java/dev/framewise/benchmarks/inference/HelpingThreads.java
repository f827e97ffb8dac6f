package dev.framewise.benchmarks.inference;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.Locale;

/** What the threads of a run do while they have nothing to do. */
enum HelpingThreads implements SessionSetting {
    /** They sleep, and are woken for each operator that has work for them. */
    ASLEEP,
    /** They look for work for 0.2 ms, then sleep. */
    SPINNING_200,
    /** They look for work for 1 ms, then sleep. */
    SPINNING_1000,
    /** The same, and work is cut finer towards the end of an operator. */
    SPINNING_1000_BLOCKS_4;

    @Override
    public void apply(SessionOptions options) throws OrtException {
        switch (this) {
            case ASLEEP -> options.addConfigEntry("session.intra_op.allow_spinning", "0");
            case SPINNING_200 -> spin(options, "200");
            case SPINNING_1000 -> spin(options, "1000");
            case SPINNING_1000_BLOCKS_4 -> {
                spin(options, "1000");
                options.addConfigEntry("session.dynamic_block_base", "4");
            }
        }
    }

    private static void spin(SessionOptions options, String micros) throws OrtException {
        options.addConfigEntry("session.intra_op.allow_spinning", "1");
        options.addConfigEntry("session.intra_op.spin_duration_us", micros);
    }

    @Override
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
