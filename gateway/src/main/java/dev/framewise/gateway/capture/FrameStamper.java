package dev.framewise.gateway.capture;

import dev.framewise.gateway.outbox.EpochJournal;
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
    private final EpochJournal journal;
    private long nextSequence;

    /** A stamper whose numbers are forgotten with the process. */
    public FrameStamper(String device, String camera, long bootEpochMicros, CaptureClock clock) {
        this(device, clock, EpochJournal.inMemory(camera, bootEpochMicros));
    }

    /** @param journal hears of every number before its frame goes anywhere */
    public FrameStamper(String device, CaptureClock clock, EpochJournal journal) {
        this.device = device;
        this.camera = journal.camera();
        this.bootEpochMicros = journal.bootEpoch();
        this.clock = clock;
        this.journal = journal;
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
        journal.capture(sequence, frame.getCapturedAtMicros(), width, height);
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
