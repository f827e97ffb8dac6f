package dev.framewise.operators.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class MissingFramesSerializerTest {
    @Test
    void bytesOfVersion1AreReadForEver() throws IOException {
        MissingFrames missing =
                MissingFramesSerializer.INSTANCE.deserialize(new DataInputDeserializer(fixture(/* version= */ 1)));
        assertThat(missing.take(/* epoch= */ 5, /* sequence= */ 3, /* runningEpoch= */ 7))
                .as("before the job saw the camera: counts when it comes")
                .isEqualTo(MissingFrames.Arrival.missing(1));
        assertThat(missing.take(5, 15, 7)).isEqualTo(MissingFrames.Arrival.SEEN);
        assertThat(missing.take(5, 21, 7)).as("what lay on the disk").isEqualTo(MissingFrames.Arrival.missing(1));
        assertThat(missing.take(7, 30, 7)).isEqualTo(MissingFrames.Arrival.missing(0));
        assertThat(missing.hasAbove(7, 40)).isFalse();
        assertThat(missing.hasAbove(7, 39)).isTrue();
        assertThat(missing.take(4, 0, 7)).isEqualTo(MissingFrames.Arrival.missing(1));
    }

    @Test
    void whatIsWrittenTodayIsVersion1() throws IOException {
        MissingFrames missing = new MissingFrames();
        missing.begin(/* epoch= */ 5, /* sequence= */ 10);
        missing.rebooted(/* before= */ 5, /* highest= */ 20, /* epoch= */ 7, /* sequence= */ 2);
        missing.jumped(/* epoch= */ 7, /* first= */ 25, /* last= */ 40);
        DataOutputSerializer out = new DataOutputSerializer(64);
        MissingFramesSerializer.INSTANCE.serialize(missing, out);
        assertThat(HexFormat.of().formatHex(out.getCopyOfBuffer()))
                .isEqualTo(HexFormat.of().formatHex(fixture(1)));
    }

    private static byte[] fixture(int version) throws IOException {
        try (InputStream in =
                MissingFramesSerializerTest.class.getResourceAsStream("missing-frames-" + version + ".hex")) {
            return HexFormat.of().parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }
}
