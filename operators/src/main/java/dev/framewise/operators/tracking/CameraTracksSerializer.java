package dev.framewise.operators.tracking;

import dev.framewise.operators.state.StateSerializer;
import dev.framewise.vision.image.JpegScale;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * {@link CameraTracks} as keyed state: its fields, then the tracker's own versioned snapshot, since version 2 the
 * cadence's, since version 3 the picture that the tracker saw last, still encoded, and since version 4 the rows that wait for
 * the next key frame.
 */
public final class CameraTracksSerializer extends StateSerializer<CameraTracks> {
    private static final long serialVersionUID = 1L;

    public static final CameraTracksSerializer INSTANCE = new CameraTracksSerializer();

    private CameraTracksSerializer() {
        super("the tracks of a camera", /* newest= */ 4);
    }

    @Override
    protected void write(CameraTracks tracks, DataOutputView out) throws IOException {
        out.writeUTF(tracks.device);
        out.writeLong(tracks.bootEpoch);
        out.writeLong(tracks.sequence);
        out.writeLong(tracks.capturedAtMicros);
        out.writeLong(tracks.latestMicros);
        out.writeInt(tracks.width);
        out.writeInt(tracks.height);
        out.writeUTF(tracks.model == null ? "" : tracks.model);
        out.writeLong(tracks.activeMillis);
        out.writeLong(tracks.timerMillis);
        out.writeBoolean(tracks.closed);
        writeBytes(tracks.trackerSnapshot(), out);
        writeBytes(tracks.cadenceSnapshot(), out);
        writeBytes(tracks.lastJpeg == null ? new byte[0] : tracks.lastJpeg, out);
        out.writeByte(tracks.lastDecodedAt == null ? 0 : tracks.lastDecodedAt.denominator());
        writeBytes(tracks.delaySnapshot(), out);
    }

    @Override
    protected CameraTracks read(int version, DataInputView in) throws IOException {
        CameraTracks tracks = new CameraTracks();
        tracks.device = in.readUTF();
        tracks.bootEpoch = in.readLong();
        tracks.sequence = in.readLong();
        tracks.capturedAtMicros = in.readLong();
        tracks.latestMicros = in.readLong();
        tracks.width = in.readInt();
        tracks.height = in.readInt();
        String model = in.readUTF();
        tracks.model = model.isEmpty() ? null : model;
        tracks.activeMillis = in.readLong();
        tracks.timerMillis = in.readLong();
        tracks.closed = in.readBoolean();
        byte[] tracker = readBytes(in);
        tracks.restore(tracker, version == 1 ? new byte[0] : readBytes(in));
        if (version >= 3) {
            byte[] jpeg = readBytes(in);
            tracks.lastJpeg = jpeg.length == 0 ? null : jpeg;
            tracks.lastDecodedAt = scale(in.readUnsignedByte());
        }
        if (version >= 4) {
            tracks.restoreDelay(readBytes(in));
        }
        return tracks;
    }

    /** The scale of a denominator; 0 for none. */
    private static JpegScale scale(int denominator) throws IOException {
        for (JpegScale scale : JpegScale.values()) {
            if (scale.denominator() == denominator) {
                return scale;
            }
        }
        if (denominator == 0) {
            return null;
        }
        throw new IOException("a picture decoded to one of " + denominator
                + " is not known here: the bytes are no state of a camera");
    }

    private static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputView in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    @Override
    public CameraTracks createInstance() {
        return new CameraTracks();
    }

    @Override
    public TypeSerializerSnapshot<CameraTracks> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The bytes say their version themselves; this says only which serializer reads them. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CameraTracks> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
