package dev.framewise.operators.frame;

import dev.framewise.operators.state.StateSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link MissingFrames} as keyed state. */
public final class MissingFramesSerializer extends StateSerializer<MissingFrames> {
    private static final long serialVersionUID = 1L;

    public static final MissingFramesSerializer INSTANCE = new MissingFramesSerializer();

    private MissingFramesSerializer() {
        super("the missing frames of a camera", /* newest= */ 1);
    }

    @Override
    protected void write(MissingFrames missing, DataOutputView out) throws IOException {
        missing.write(out);
    }

    @Override
    protected MissingFrames read(int version, DataInputView in) throws IOException {
        return MissingFrames.read(in);
    }

    @Override
    public MissingFrames createInstance() {
        return new MissingFrames();
    }

    @Override
    public TypeSerializerSnapshot<MissingFrames> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The bytes say their version themselves; this says only which serializer reads them. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<MissingFrames> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
