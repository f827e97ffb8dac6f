package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.vision.detect.Detections;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class ByteTrackSnapshotTest {
    private final ByteTracker tracker = new ByteTracker(ByteTrackOptions.defaults());
    private final TrackList shown = new TrackList();

    /**
     * Written by version 1 and never again: objects 1 and 2 from frame 1 on, walking 4 and -2 pixels a frame, the second one
     * unseen since frame 7, a third one new in frame 8, and one detection refused.
     */
    @Test
    void bytesOfVersion1AreReadForEver() throws IOException {
        tracker.restore(resource("/track/bytetrack-v1.snapshot"));
        assertThat(tracker.rejectedDetections()).isEqualTo(1);
        tracker.coast(9, shown);
        assertThat(shown.size()).isEqualTo(1);
        assertThat(shown.id(0)).isEqualTo(1);
        assertThat(shown.x1(0)).isCloseTo(136f, within(1.5f));
        assertThat(shown.ageFrames(0)).isEqualTo(8);

        Detections detections = new Detections();
        detections.add(140, 100, 180, 180, /* score= */ 0.9f, /* classId= */ 0);
        detections.add(280, 100, 320, 180, /* score= */ 0.9f, /* classId= */ 0);
        detections.add(500, 100, 540, 180, /* score= */ 0.9f, /* classId= */ 0);
        detections.add(700, 100, 740, 180, /* score= */ 0.9f, /* classId= */ 0);
        tracker.update(10, detections, shown);
        assertThat(shown.size()).isEqualTo(3);
        assertThat(shown.id(1)).as("the lost one returns").isEqualTo(2);
        assertThat(shown.id(2)).as("the new one is confirmed").isEqualTo(3);
        tracker.update(11, detections, shown);
        assertThat(shown.id(3)).as("the next id is free").isEqualTo(4);
    }

    @Test
    void otherVersionsAreRefusedByName() {
        byte[] bytes = tracker.snapshot();
        bytes[7] = 2;
        assertThatThrownBy(() -> tracker.restore(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ByteTrack snapshot: version 2 is unknown, this code reads version 1");
    }

    @Test
    void otherBytesAreRefused() {
        assertThatThrownBy(() -> tracker.restore(new byte[100]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ByteTrack snapshot: these 100 bytes are none");
    }

    @Test
    void anAbsurdNumberOfTracksIsRefusedBeforeMemoryIsTaken() {
        byte[] bytes = tracker.snapshot();
        int trackedSizeAt = bytes.length - 8;
        bytes[trackedSizeAt] = 0x7f;
        assertThatThrownBy(() -> tracker.restore(bytes)).hasMessageContaining("truncated");
        bytes[trackedSizeAt] = (byte) 0xff;
        assertThatThrownBy(() -> tracker.restore(bytes)).hasMessageContaining("it claims -16777216 and 0 tracks");
    }

    @Test
    void anUnknownStateIsRefused() {
        Detections detections = new Detections();
        detections.add(0, 0, 10, 10, /* score= */ 0.9f, /* classId= */ 0);
        int headerBytes = tracker.snapshot().length;
        tracker.update(1, detections, shown);
        byte[] bytes = tracker.snapshot();
        bytes[headerBytes + Long.BYTES] = 9;
        assertThatThrownBy(() -> tracker.restore(bytes)).hasMessageContaining("track 1 has the unknown state 9");
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ByteTrackSnapshotTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
