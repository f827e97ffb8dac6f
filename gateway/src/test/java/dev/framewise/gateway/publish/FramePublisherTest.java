package dev.framewise.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.gateway.TestingRecordSink;
import dev.framewise.gateway.capture.CaptureClock;
import dev.framewise.gateway.capture.FrameStamper;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.Topic;
import org.junit.jupiter.api.Test;

class FramePublisherTest {
    private final TestingRecordSink sink = new TestingRecordSink();
    private final FramePublisher publisher = new FramePublisher(sink);
    private final FrameStamper stamper =
            new FrameStamper("board-1", "gate", /* bootEpochMicros= */ 0, CaptureClock.clip(0, 10));

    @Test
    void theLargestPictureFitsIntoARecord() {
        publisher.publish(frameOf(FramePublisher.MAX_PAYLOAD_BYTES));

        assertThat(sink.frames().get(0).getDisposition()).isEqualTo(Disposition.SENT);
        assertThat(sink.of(Topic.FRAMES).get(0).value().length).isLessThan(Topic.MAX_RECORD_BYTES);
    }

    @Test
    void aLargerOneIsEvictedButNotForgotten() {
        publisher.publish(frameOf(FramePublisher.MAX_PAYLOAD_BYTES + 1));

        Frame frame = sink.frames().get(0);
        assertThat(frame.getDisposition()).isEqualTo(Disposition.EVICTED);
        assertThat(frame.getPayload()).isNull();
        assertThat(frame.getCodec()).isEqualTo("none");
    }

    private Frame frameOf(int payloadBytes) {
        Frame frame = stamper.stamp(64, 48);
        FrameStamper.attach(frame, new byte[payloadBytes]);
        return frame;
    }
}
