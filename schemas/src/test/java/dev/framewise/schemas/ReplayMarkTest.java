package dev.framewise.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayMarkTest {
    private final RecordCodec<Frame> codec = new RecordCodec<>(Frame.class);
    private final ReplayMark mark = new ReplayMark();

    @ParameterizedTest
    @EnumSource(Disposition.class)
    void aMarkedFrameIsTheSameButForTheMark(Disposition disposition) throws RecordFormatException {
        Frame frame = frame(disposition);
        byte[] encoded = codec.encode(frame);

        byte[] marked = mark.put(encoded);

        assertThat(marked).as("done in place").isSameAs(encoded);
        frame.setReplayed(true);
        assertThat(marked).isEqualTo(codec.encode(frame));
        assertThat(codec.decode(mark.put(marked))).isEqualTo(frame);
    }

    @Test
    void aFrameOfVersion1IsMarked() throws Exception {
        byte[] old = EvolutionTest.fixture(Frame.class);
        Frame expected = codec.decode(old);
        expected.setReplayed(true);

        assertThat(codec.decode(mark.put(old))).isEqualTo(expected);
    }

    @Test
    void garbageIsNoFrame() {
        assertThatExceptionOfType(RecordFormatException.class).isThrownBy(() -> mark.put(new byte[] {1, 2, 3}));
    }

    private static Frame frame(Disposition disposition) {
        return Frame.newBuilder()
                .setDevice("board")
                .setCamera("door")
                .setBootEpoch(1_700_000_000_000_000L)
                .setSequence(7)
                .setCapturedAtMicros(1_700_000_000_500_000L)
                .setCodec("jpeg")
                .setWidth(640)
                .setHeight(480)
                .setPayload(disposition == Disposition.SENT ? ByteBuffer.wrap(new byte[] {1, 2, 3}) : null)
                .setDisposition(disposition)
                .build();
    }
}
