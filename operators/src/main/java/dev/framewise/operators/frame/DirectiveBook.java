package dev.framewise.operators.frame;

import dev.framewise.schemas.Directive;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which directive is in force for a board when a frame was captured. Directives are kept as they travel, encoded with the schema that
 * wrote them, so that state of any older version is read; each is decoded once, not for every frame. Plain Java, one thread.
 *
 * <p>A directive is in force for frames captured from its issue on until it expires, by the board's own clock, which dates both. Of two, the
 * one issued later counts.
 */
final class DirectiveBook {
    private static final int EVERY_FRAME = 1;

    /** @param encoded what was kept when it was decoded: what is kept now decides, not what was looked at before */
    private record Decoded(byte[] encoded, Directive directive) {}

    private final RecordCodec<Directive> codec = new RecordCodec<>(Directive.class);
    /** Of each board that has one, the directive that its last frame met. */
    private final Map<String, Decoded> decoded = new HashMap<>();

    /**
     * What to keep when a directive comes.
     *
     * @param known what was kept so far; null for none
     */
    byte[] newer(byte[] known, Directive directive) {
        return known != null && directive.getIssuedAtMicros() < decode(known).getIssuedAtMicros()
                ? known
                : codec.encode(directive);
    }

    /**
     * The detector may look at one of this many frames; 1 where no directive is in force.
     *
     * @param board the frame's
     * @param known what was kept for that board; null for none
     * @param capturedAtMicros event time of the frame
     */
    int interval(String board, byte[] known, long capturedAtMicros) {
        if (known == null) {
            decoded.remove(board);
            return EVERY_FRAME;
        }
        Directive directive = decoded(board, known);
        return directive.getIssuedAtMicros() <= capturedAtMicros && capturedAtMicros <= directive.getValidUntilMicros()
                ? directive.getDetectorInterval()
                : EVERY_FRAME;
    }

    private Directive decoded(String board, byte[] known) {
        Decoded last = decoded.get(board);
        if (last == null || !Arrays.equals(last.encoded, known)) {
            last = new Decoded(known, decode(known));
            decoded.put(board, last);
        }
        return last.directive;
    }

    private Directive decode(byte[] known) {
        try {
            return codec.decode(known);
        } catch (RecordFormatException e) {
            throw new IllegalStateException("a directive in the state of admission is none: " + e.getMessage(), e);
        }
    }
}
