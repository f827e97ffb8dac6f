package dev.framewise.operators.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.ByteTrackOptions;
import dev.framewise.vision.track.ByteTracker;
import dev.framewise.vision.track.TrackList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class CameraTracksSerializerTest {
    private static final TrackerFactory TRACKERS = () -> new ByteTracker(ByteTrackOptions.defaults());

    @Test
    void bytesOfVersion1AreReadForEver() throws IOException {
        CameraTracks tracks = CameraTracksSerializer.INSTANCE.deserialize(new DataInputDeserializer(fixture()));
        assertThat(tracks.device).isEqualTo("pi-door");
        assertThat(tracks.sequence).isEqualTo(7);
        assertThat(tracks.model).isEqualTo("yolox-nano-416");
        assertThat(tracks.closed).isFalse();
        TrackList shown = new TrackList();
        tracks.tracker(TRACKERS).coast(8, shown);
        assertThat(shown.size()).isEqualTo(1);
        assertThat(shown.id(0)).isEqualTo(1);
    }

    @Test
    void whatIsWrittenTodayIsVersion1() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        CameraTracksSerializer.INSTANCE.serialize(tracks(), out);
        assertThat(out.getCopyOfBuffer()).isEqualTo(fixture());
    }

    @Test
    void aCopyIsIndependent() {
        CameraTracks original = tracks();
        CameraTracks copy = CameraTracksSerializer.INSTANCE.copy(original);
        TrackList shown = new TrackList();
        copy.tracker(TRACKERS).close(shown);
        original.tracker(TRACKERS).coast(8, shown);
        assertThat(shown.size()).isEqualTo(1);
    }

    @Test
    void anUnknownVersionIsRefusedInWords() throws IOException {
        byte[] bytes = fixture();
        bytes[0] = 9;
        assertThatThrownBy(() -> CameraTracksSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 9")
                .hasMessageContaining("newer");
    }

    private static CameraTracks tracks() {
        CameraTracks tracks = new CameraTracks();
        tracks.device = "pi-door";
        tracks.bootEpoch = 1;
        tracks.sequence = 7;
        tracks.capturedAtMicros = 700_000;
        tracks.latestMicros = 700_000;
        tracks.width = 640;
        tracks.height = 480;
        tracks.model = "yolox-nano-416";
        tracks.activeMillis = 700;
        tracks.timerMillis = 30_000;
        tracks.closed = false;
        Detections detections = new Detections();
        detections.add(100, 50, 140, 150, 0.9f, 0);
        tracks.tracker(TRACKERS).update(7, detections, new TrackList());
        return tracks;
    }

    private static byte[] fixture() throws IOException {
        try (InputStream in = CameraTracksSerializerTest.class.getResourceAsStream("camera-tracks-1.hex")) {
            return HexFormat.of().parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }
}
