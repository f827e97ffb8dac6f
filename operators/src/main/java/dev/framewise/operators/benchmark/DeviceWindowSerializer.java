package dev.framewise.operators.benchmark;

import dev.framewise.operators.state.StateSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link DeviceWindow} as keyed state. */
final class DeviceWindowSerializer extends StateSerializer<DeviceWindow> {
    private static final long serialVersionUID = 1L;

    static final DeviceWindowSerializer INSTANCE = new DeviceWindowSerializer();

    private DeviceWindowSerializer() {
        super("a benchmark window", /* newest= */ 1);
    }

    @Override
    protected void write(DeviceWindow window, DataOutputView out) throws IOException {
        window.write(out);
    }

    @Override
    protected DeviceWindow read(int version, DataInputView in) throws IOException {
        return DeviceWindow.read(in);
    }

    @Override
    public DeviceWindow createInstance() {
        return new DeviceWindow();
    }

    @Override
    public TypeSerializerSnapshot<DeviceWindow> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The bytes say their version themselves; this says only which serializer reads them. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeviceWindow> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
