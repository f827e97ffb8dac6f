package dev.framewise.gateway.capture;

import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Frame;
import java.nio.ByteBuffer;

/**
 * Numbers and dates the pictures of one camera: every picture takes the next sequence number, whether it is sent or not, so
 * that nothing can be lost unnoticed. Not thread-safe.
 */
public final class FrameStamper {
    private static final String JPEG = "jpeg";
    private static final String NONE = "none";

    private final String device;
    private final String camera;
    private final long bootEpochMicros;
    private final CaptureClock clock;
    private long nextSequence;

    /** @param bootEpochMicros when this process began to count, microseconds since 1970 */
    public FrameStamper(String device, String camera, long bootEpochMicros, CaptureClock clock) {
        this.device = device;
        this.camera = camera;
        this.bootEpochMicros = bootEpochMicros;
        this.clock = clock;
    }

    /** Stamps a picture that was just captured: a record that so far has no payload and the disposition SENT. */
    public Frame stamp(int width, int height) {
        long sequence = nextSequence++;
        Frame frame = new Frame();
        frame.setDevice(device);
        frame.setCamera(camera);
        frame.setBootEpoch(bootEpochMicros);
        frame.setSequence(sequence);
        frame.setCapturedAtMicros(clock.capturedAtMicros(sequence));
        frame.setWidth(width);
        frame.setHeight(height);
        frame.setCodec(NONE);
        frame.setDisposition(Disposition.SENT);
        return frame;
    }

    /** Puts the picture into its record. */
    public static void attach(Frame frame, byte[] jpeg) {
        frame.setCodec(JPEG);
        frame.setPayload(ByteBuffer.wrap(jpeg));
        frame.setDisposition(Disposition.SENT);
    }

    /** Takes the picture out of its record and says why it was not sent. */
    public static void withhold(Frame frame, Disposition why) {
        frame.setCodec(NONE);
        frame.setPayload(null);
        frame.setDisposition(why);
    }
}
