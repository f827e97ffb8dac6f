package dev.framewise.gateway.publish;

import dev.framewise.gateway.capture.FrameStamper;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes frames under their camera. A picture larger than a record may be is taken out and its frame published as EVICTED,
 * so that the sequence has no gap and the ledger still adds up; sending it in parts or smaller would surprise more people than
 * it helps. Thread-safe.
 */
public final class FramePublisher {
    /** Largest picture, bytes: a record less room for the other fields and Kafka's own header. */
    public static final int MAX_PAYLOAD_BYTES = Topic.MAX_RECORD_BYTES - (16 << 10);

    private static final Logger LOG = LoggerFactory.getLogger(FramePublisher.class);

    private final RecordSink sink;
    private final RecordCodec<Frame> codec = new RecordCodec<>(Frame.class);

    public FramePublisher(RecordSink sink) {
        this.sink = sink;
    }

    /** Takes a picture out that is too large; its frame is EVICTED then. */
    public void fit(Frame frame) {
        if (frame.getPayload() != null && frame.getPayload().remaining() > MAX_PAYLOAD_BYTES) {
            LOG.warn(
                    "camera {}, sequence {}: a picture of {} bytes, at most {} fit into a record; its frame is sent without."
                            + " Lower the camera's resolution or quality",
                    frame.getCamera(),
                    frame.getSequence(),
                    frame.getPayload().remaining(),
                    MAX_PAYLOAD_BYTES);
            FrameStamper.withhold(frame, Disposition.EVICTED);
        }
    }

    /** Publishes a frame that fits. */
    public void publish(Frame frame) {
        fit(frame);
        sink.send(OutRecord.of(frame, codec.encode(frame)));
    }
}
