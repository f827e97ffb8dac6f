package dev.framewise.operators.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.schemas.Directive;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DirectiveBookTest {
    /** Of board pi-1, one of 3, in force from 1,000 to 31,000. */
    private static final String DIRECTIVE_1 =
            "c3011862030af1fbf4030870692d31d00fb0e403333333333333e33f" + "061437392064656772656573020000000000c05340";

    private final DirectiveBook book = new DirectiveBook();

    /** Written by version 1 of the schema, which knew nothing of pictures; what is kept is what travels. */
    @Test
    void aDirectiveOfAnOlderSchemaInTheStateIsRead() {
        assertThat(book.interval("pi-1", HexFormat.of().parseHex(DIRECTIVE_1), /* capturedAtMicros= */ 1_500))
                .isEqualTo(3);
    }

    @Test
    void aDirectiveIsDecodedForItsFirstFrameOnly() {
        byte[] kept = kept(/* interval= */ 4);
        assertThat(book.interval("a", kept, /* capturedAtMicros= */ 2)).isEqualTo(4);
        // nobody changes what is in the state; whoever decoded this again would fail
        Arrays.fill(kept, (byte) 0x5a);
        assertThat(book.interval("a", kept, /* capturedAtMicros= */ 3)).isEqualTo(4);
        assertThat(book.interval("a", kept, /* capturedAtMicros= */ 10))
                .as("it has expired")
                .isEqualTo(1);
    }

    @Test
    void whatIsInTheStateCountsWhateverWasThereBefore() {
        assertThat(interval("a", kept(/* interval= */ 4))).isEqualTo(4);
        assertThat(interval("b", kept(/* interval= */ 5))).as("another board's").isEqualTo(5);
        assertThat(interval("a", kept(/* interval= */ 6))).as("a newer one").isEqualTo(6);
        assertThat(interval("a", /* kept= */ null)).as("withdrawn").isEqualTo(1);
        assertThat(interval("a", kept(/* interval= */ 4)))
                .as("an old one again")
                .isEqualTo(4);
        assertThat(interval("b", kept(/* interval= */ 5))).isEqualTo(5);
    }

    private int interval(String board, byte[] kept) {
        return book.interval(board, kept, /* capturedAtMicros= */ 2);
    }

    /** In force from 1 to 9. */
    private byte[] kept(int interval) {
        return book.newer(
                /* known= */ null,
                Directive.newBuilder()
                        .setDevice("a board")
                        .setIssuedAtMicros(1)
                        .setValidUntilMicros(9)
                        .setFrameRateFactor(1)
                        .setDetectorInterval(interval)
                        .setReason("a test")
                        .build());
    }
}
