package dev.framewise.operators.tracking;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes a camera's tracks as one version byte, the fields of {@link CameraTracks} and the tracker's own versioned snapshot.
 * Reads every version it has ever written.
 */
final class CameraTracksSerializer extends TypeSerializerSingleton<CameraTracks> {
    private static final long serialVersionUID = 1L;

    static final CameraTracksSerializer INSTANCE = new CameraTracksSerializer();
    private static final int VERSION = 1;

    @Override
    public void serialize(CameraTracks tracks, DataOutputView out) throws IOException {
        out.writeByte(VERSION);
        out.writeUTF(tracks.device);
        out.writeLong(tracks.bootEpoch);
        out.writeLong(tracks.sequence);
        out.writeLong(tracks.capturedAtMicros);
        out.writeInt(tracks.width);
        out.writeInt(tracks.height);
        out.writeUTF(tracks.model == null ? "" : tracks.model);
        out.writeLong(tracks.latestMicros);
        out.writeLong(tracks.activeMillis);
        out.writeLong(tracks.timerMillis);
        out.writeBoolean(tracks.closed);
        byte[] snapshot = tracks.snapshot();
        out.writeInt(snapshot.length);
        out.write(snapshot);
    }

    @Override
    public CameraTracks deserialize(DataInputView in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException(
                    "tracks of a camera were written by version " + version + " of this state; this job reads "
                            + VERSION + ": restore with the release that wrote them, or a newer one");
        }
        String device = in.readUTF();
        long bootEpoch = in.readLong();
        long sequence = in.readLong();
        long capturedAtMicros = in.readLong();
        int width = in.readInt();
        int height = in.readInt();
        String model = in.readUTF();
        long latestMicros = in.readLong();
        long activeMillis = in.readLong();
        long timerMillis = in.readLong();
        boolean closed = in.readBoolean();
        byte[] snapshot = new byte[in.readInt()];
        in.readFully(snapshot);
        CameraTracks tracks = new CameraTracks(snapshot);
        tracks.device = device;
        tracks.bootEpoch = bootEpoch;
        tracks.sequence = sequence;
        tracks.capturedAtMicros = capturedAtMicros;
        tracks.width = width;
        tracks.height = height;
        tracks.model = model.isEmpty() ? null : model;
        tracks.latestMicros = latestMicros;
        tracks.activeMillis = activeMillis;
        tracks.timerMillis = timerMillis;
        tracks.closed = closed;
        return tracks;
    }

    @Override
    public CameraTracks copy(CameraTracks from) {
        CameraTracks copy = new CameraTracks(from.snapshot());
        copy.device = from.device;
        copy.bootEpoch = from.bootEpoch;
        copy.sequence = from.sequence;
        copy.capturedAtMicros = from.capturedAtMicros;
        copy.width = from.width;
        copy.height = from.height;
        copy.model = from.model;
        copy.latestMicros = from.latestMicros;
        copy.activeMillis = from.activeMillis;
        copy.timerMillis = from.timerMillis;
        copy.closed = from.closed;
        return copy;
    }

    @Override
    public CameraTracks copy(CameraTracks from, CameraTracks reuse) {
        return copy(from);
    }

    @Override
    public CameraTracks deserialize(CameraTracks reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public CameraTracks createInstance() {
        return new CameraTracks(new byte[0]);
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public int getLength() {
        return -1;
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
