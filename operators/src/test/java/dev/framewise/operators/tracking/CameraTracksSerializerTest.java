package dev.framewise.operators.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.schemas.Fate;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.image.JpegHeader;
import dev.framewise.vision.image.JpegScale;
import dev.framewise.vision.track.ByteTrackOptions;
import dev.framewise.vision.track.ByteTracker;
import dev.framewise.vision.track.FixedCadence;
import dev.framewise.vision.track.JpegPixels;
import dev.framewise.vision.track.LookReason;
import dev.framewise.vision.track.TrackList;
import dev.framewise.vision.track.TrackList.Provenance;
import dev.framewise.vision.track.TrackList.State;
import dev.framewise.vision.track.TrackedFrame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraTracksSerializerTest {
    private static final TrackerFactory TRACKERS = () -> new ByteTracker(ByteTrackOptions.defaults());

    private static final JpegPixels PIXELS = new JpegPixels(JpegHeader.DEFAULT_MAX_PIXELS);

    private static final CadenceFactory CADENCES = () -> new FixedCadence(/* interval= */ 3, /* phase= */ 0);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void bytesOfEveryVersionAreReadForEver(int version) throws IOException {
        CameraTracks tracks = CameraTracksSerializer.INSTANCE.deserialize(new DataInputDeserializer(fixture(version)));
        assertThat(tracks.device).isEqualTo("pi-door");
        assertThat(tracks.sequence).isEqualTo(7);
        assertThat(tracks.model).isEqualTo("yolox-nano-416");
        assertThat(tracks.closed).isFalse();
        assertThat(tracks.lastJpeg).isEqualTo(version < 3 ? null : new byte[] {1, 2, 3});
        assertThat(tracks.lastDecodedAt).isEqualTo(version < 3 ? null : JpegScale.HALF);
        List<String> waiting = new ArrayList<>();
        if (version >= 4) {
            tracks.delay(/* maxFrames= */ 5)
                    .flush((row, list) -> waiting.add(row.sequence() + " " + row.model() + " " + list.id(0)));
        }
        assertThat(waiting).isEqualTo(version < 4 ? List.of() : List.of("6 yolox-nano-416 1", "7 null 1"));
        assertThat(tracks.delay(/* maxFrames= */ 0) == null).isEqualTo(version < 4);
        TrackList shown = new TrackList();
        tracks.tracker(TRACKERS, PIXELS).coast(8, shown);
        assertThat(shown.size()).isEqualTo(1);
        assertThat(shown.id(0)).isEqualTo(1);
        // Version 1 knew no cadence: the first frame after it is a key frame.
        assertThat(tracks.cadence(CADENCES)
                        .next(
                                TrackedFrame.of(8),
                                tracks.tracker(TRACKERS, PIXELS).signals()))
                .isEqualTo(version == 1 ? LookReason.INTERVAL : LookReason.NOT_NEEDED);
    }

    @Test
    void whatIsWrittenTodayIsVersion4() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        CameraTracksSerializer.INSTANCE.serialize(tracks(), out);
        assertThat(HexFormat.of().formatHex(out.getCopyOfBuffer()))
                .isEqualTo(HexFormat.of().formatHex(fixture(4)));
    }

    @Test
    void aCopyIsIndependent() {
        CameraTracks original = tracks();
        CameraTracks copy = CameraTracksSerializer.INSTANCE.copy(original);
        TrackList shown = new TrackList();
        copy.tracker(TRACKERS, PIXELS).close(shown);
        original.tracker(TRACKERS, PIXELS).coast(8, shown);
        assertThat(shown.size()).isEqualTo(1);
    }

    @Test
    void anUnknownVersionIsRefusedInWords() throws IOException {
        byte[] bytes = fixture(3);
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
        tracks.tracker(TRACKERS, PIXELS).update(7, detections, new TrackList());
        tracks.cadence(CADENCES)
                .next(TrackedFrame.of(7), tracks.tracker(TRACKERS, PIXELS).signals());
        DelayedRows delay = tracks.delay(/* maxFrames= */ 5);
        TrackList list = new TrackList();
        list.add(1, 100, 50, 140, 150, 0.9f, 0, State.CONFIRMED, Provenance.DETECTED, 0, 0, 1);
        list.addStarted(1);
        delay.accept(row(5, Fate.INFERRED, "yolox-nano-416", LookReason.INTERVAL), list, (row, shown) -> {});
        delay.accept(row(6, Fate.PREDICTED, "yolox-nano-416", LookReason.NOT_NEEDED), list, (row, shown) -> {});
        list.addEnded(9);
        delay.accept(row(7, Fate.PREDICTED, null, LookReason.NO_PICTURE), list, (row, shown) -> {});
        tracks.lastJpeg = new byte[] {1, 2, 3};
        tracks.lastDecodedAt = JpegScale.HALF;
        return tracks;
    }

    private static TrackedRow row(long sequence, Fate fate, String model, LookReason decision) {
        return new TrackedRow(
                "pi-door",
                /* bootEpoch= */ 1,
                sequence,
                sequence * 100_000,
                /* width= */ 640,
                /* height= */ 480,
                fate,
                model,
                decision,
                /* newlyCaptured= */ 1,
                sequence * 100);
    }

    private static byte[] fixture(int version) throws IOException {
        try (InputStream in =
                CameraTracksSerializerTest.class.getResourceAsStream("camera-tracks-" + version + ".hex")) {
            return HexFormat.of().parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }
}
