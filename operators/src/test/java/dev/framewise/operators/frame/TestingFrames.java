package dev.framewise.operators.frame;

import dev.framewise.schemas.Disposition;

/** Frame records for tests: 10 frames a second from time 0, boot epoch 1, a picture of one byte that says its sequence. */
public final class TestingFrames {
    private TestingFrames() {}

    public static FrameRecord sent(String camera, long sequence) {
        FrameRecord record = unsent(camera, sequence, Disposition.SENT);
        record.codec = "jpeg";
        record.payload = new byte[] {(byte) sequence};
        return record;
    }

    /** A frame that waited on the gateway's disk. */
    public static FrameRecord replayed(String camera, long bootEpoch, long sequence) {
        FrameRecord record = sent(camera, sequence);
        record.bootEpoch = bootEpoch;
        record.replayed = true;
        return record;
    }

    public static FrameRecord unsent(String camera, long sequence, Disposition disposition) {
        FrameRecord record = new FrameRecord();
        record.topic = "frames";
        record.device = "pi-" + camera;
        record.camera = camera;
        record.bootEpoch = 1;
        record.sequence = sequence;
        record.capturedAtMicros = sequence * 100_000;
        record.codec = "none";
        record.width = 640;
        record.height = 480;
        record.disposition = disposition;
        return record;
    }

    /** A task as admission hands it on. */
    public static FrameTask task(FrameRecord record) {
        FrameTask task = new FrameTask();
        task.record = record;
        task.newlyCaptured = 1;
        return task;
    }
}
