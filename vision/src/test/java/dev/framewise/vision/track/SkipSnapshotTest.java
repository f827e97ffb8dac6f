package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.TrackList.Provenance;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class SkipSnapshotTest {
    private final SkipTracker tracker = new SkipTracker(
            SkipTrackerOptions.of(/* pixels= */ true, /* interval= */ 4).withWatchesChange(true));
    private final TrackedFrame frame = new TrackedFrame();
    private final TrackList shown = new TrackList();

    /**
     * Written by version 1 and never again: looks at frames 1 and 5 of 7, 100 ms apart; track 1 walks 6 pixels a frame to the right over
     * {@link TestingPictures}, carried by its pixels; track 2, of class 2, was seen at frame 1 only; a box without a number
     * was refused.
     */
    @Test
    void bytesOfVersion1AreReadForEver() throws IOException {
        tracker.restore(resource("/track/skiptracker-v1.snapshot"));
        assertThat(tracker.rejectedDetections()).isEqualTo(1);
        assertThat(tracker.signals().tracks()).isEqualTo(1);
        assertThat(tracker.wantsPreviousPixels()).isTrue();
        TestingPictures scene = new TestingPictures();
        scene.objectY = 40;
        scene.objectX = 40 + 3 * 6;
        tracker.prime(scene::drawn);
        scene.objectX += 3;
        frame.set(8, 800_000, scene::drawn);
        tracker.coast(frame, shown);
        assertThat(shown.size()).isEqualTo(1);
        assertThat(shown.id(0)).isEqualTo(1);
        assertThat(shown.provenance(0)).as("followed from the picture before").isEqualTo(Provenance.FLOW);
        assertThat(shown.x1(0)).isCloseTo(2 * (40 + 3 * 7), within(4f));
        assertThat(shown.ageFrames(0)).isEqualTo(7);
        assertThat(shown.framesSinceDetected(0)).isEqualTo(3);

        Detections detections = new Detections();
        detections.add(128, 80, 176, 160, /* score= */ 0.9f, /* classId= */ 0);
        detections.add(200, 20, 240, 100, /* score= */ 0.9f, /* classId= */ 2);
        detections.add(20, 20, 60, 100, /* score= */ 0.9f, /* classId= */ 2);
        scene.objectX += 3;
        frame.set(9, 900_000, scene::drawn);
        tracker.update(frame, detections, shown);
        assertThat(shown.size()).isEqualTo(3);
        assertThat(shown.id(1)).as("the lost one returns").isEqualTo(2);
        assertThat(shown.id(2)).as("the next id is free").isEqualTo(3);
        assertThat(shown.started(0)).as("of the lost one the start was told").isEqualTo(3);
    }

    @Test
    void otherBytesAreRefused() throws IOException {
        byte[] bytes = resource("/track/skiptracker-v1.snapshot");
        assertThatThrownBy(() -> tracker.restore(new byte[100])).hasMessageContaining("these 100 bytes are none");
        byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> tracker.restore(longer)).hasMessageContaining("something behind its end");
        byte[] other = bytes.clone();
        other[7] = 2;
        assertThatThrownBy(() -> tracker.restore(other)).hasMessageContaining("version 2 is unknown");
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SkipSnapshotTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
