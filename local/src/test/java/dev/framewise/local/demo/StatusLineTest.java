package dev.framewise.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class StatusLineTest {
    private final StringWriter text = new StringWriter();

    @Test
    void aTerminalShowsOneLineThatNeverWraps() {
        StatusLine status = new StatusLine(new PrintWriter(text), /* terminal= */ true, /* columns= */ 12);
        status.show(1, "abcdefghij");
        status.show(2, "k");
        status.note("done");

        assertThat(text).hasToString("\r\u001b[K   1 s  abc\r\u001b[K   2 s  k\r\u001b[Kdone\n");
    }

    @Test
    void elsewhereALineComesEveryFiveSeconds() {
        StatusLine status = new StatusLine(new PrintWriter(text), /* terminal= */ false, /* columns= */ 80);
        status.show(1, "a");
        status.show(5.9, "b");
        status.show(6, "c");
        status.note("done");

        assertThat(text).hasToString("   1 s  a\n   6 s  c\ndone\n");
    }
}
