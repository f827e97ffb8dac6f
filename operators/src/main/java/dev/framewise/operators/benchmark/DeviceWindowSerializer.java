package dev.framewise.operators.benchmark;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** {@link DeviceWindow} as keyed state; the bytes carry their own version. */
final class DeviceWindowSerializer extends TypeSerializerSingleton<DeviceWindow> {
    private static final long serialVersionUID = 1L;

    static final DeviceWindowSerializer INSTANCE = new DeviceWindowSerializer();

    @Override
    public void serialize(DeviceWindow window, DataOutputView out) throws IOException {
        window.write(out);
    }

    @Override
    public DeviceWindow deserialize(DataInputView in) throws IOException {
        return DeviceWindow.read(in);
    }

    @Override
    public DeviceWindow deserialize(DeviceWindow reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public DeviceWindow copy(DeviceWindow from) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(512);
            serialize(from, out);
            return deserialize(new DataInputDeserializer(out.getSharedBuffer(), 0, out.length()));
        } catch (IOException e) {
            throw new IllegalStateException("copying a benchmark window in memory", e);
        }
    }

    @Override
    public DeviceWindow copy(DeviceWindow from, DeviceWindow reuse) {
        return copy(from);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public DeviceWindow createInstance() {
        return new DeviceWindow();
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
    public TypeSerializerSnapshot<DeviceWindow> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says only which serializer reads the bytes. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeviceWindow> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
