package dev.framewise.operators.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A serializer of mutable keyed state whose bytes begin with their version. The newest version is written, every version ever
 * written is read, an unknown one is refused. Stateless: one instance serves all threads.
 *
 * @param <T> the state
 */
public abstract class StateSerializer<T> extends TypeSerializerSingleton<T> {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final int newest;

    /**
     * @param what the state in words, for errors
     * @param newest version that {@link #write} writes, 1 to 255
     */
    protected StateSerializer(String what, int newest) {
        this.what = what;
        this.newest = newest;
    }

    /** Writes the newest version, without its number. */
    protected abstract void write(T state, DataOutputView out) throws IOException;

    /**
     * Reads any version.
     *
     * @param version 1 to the newest
     */
    protected abstract T read(int version, DataInputView in) throws IOException;

    @Override
    public final void serialize(T state, DataOutputView out) throws IOException {
        out.writeByte(newest);
        write(state, out);
    }

    @Override
    public final T deserialize(DataInputView in) throws IOException {
        int version = in.readUnsignedByte();
        if (version < 1 || version > newest) {
            throw new IOException(what + " was written by version " + version + " of this state; this job reads 1 to "
                    + newest + ": restore with the release that wrote it, or a newer one");
        }
        return read(version, in);
    }

    @Override
    public final T deserialize(T reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public final T copy(T from) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(512);
            serialize(from, out);
            return deserialize(new DataInputDeserializer(out.getSharedBuffer(), 0, out.length()));
        } catch (IOException e) {
            throw new IllegalStateException("copying " + what + " in memory", e);
        }
    }

    @Override
    public final T copy(T from, T reuse) {
        return copy(from);
    }

    @Override
    public final void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public final boolean isImmutableType() {
        return false;
    }

    @Override
    public final int getLength() {
        return -1;
    }
}
