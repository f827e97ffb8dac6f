package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.vision.track.TrackList.Provenance;
import dev.framewise.vision.track.TrackList.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds of the tracks of one camera after every frame. Show it every frame in order. */
final class TrackInvariants {
    private final Map<Long, Long> startFrames = new HashMap<>();
    private final Set<Long> alive = new HashSet<>();
    private final Set<Long> gone = new HashSet<>();

    /** Checks one frame. */
    void check(long frame, TrackList tracks) {
        for (int i = 0; i < tracks.startedSize(); i++) {
            long id = tracks.started(i);
            assertThat(alive.add(id) && !gone.contains(id))
                    .as("an id starts once: %d in frame %d", id, frame)
                    .isTrue();
        }
        for (int i = 0; i < tracks.endedSize(); i++) {
            end(tracks.ended(i), frame);
        }
        for (int i = 0; i < tracks.size(); i++) {
            checkTrack(frame, tracks, i);
        }
        for (int i = 1; i < tracks.size(); i++) {
            assertThat(tracks.id(i))
                    .as("ids of a frame are unique and in order")
                    .isGreaterThan(tracks.id(i - 1));
        }
    }

    /** Checks the last words of a tracker: what it appended when it was closed. */
    void checkClosed(TrackList tracks) {
        for (int i = 0; i < tracks.endedSize(); i++) {
            end(tracks.ended(i), /* frame= */ -1);
        }
        assertThat(alive).as("every track that started has ended").isEmpty();
    }

    /** Checks what cannot be seen from outside. */
    static void checkInside(ByteTracker tracker, boolean keyFrame) {
        Set<Integer> detections = new HashSet<>();
        Set<Long> ids = new HashSet<>();
        List<Track> all = new ArrayList<>(tracker.tracked());
        all.addAll(tracker.lost());
        for (Track track : all) {
            assertThat(ids.add(track.id)).as("a track is in one list, once").isTrue();
            checkMotion(track);
            if (keyFrame && track.detection >= 0) {
                assertThat(detections.add(track.detection))
                        .as("a detection belongs to at most one track")
                        .isTrue();
            }
        }
        assertThat(tracker.lost()).as("lost tracks are lost").allMatch(track -> track.state == State.LOST);
        assertThat(tracker.tracked()).as("no other track is").noneMatch(track -> track.state == State.LOST);
    }

    /** The same of the other tracker. */
    static void checkInside(SkipTracker tracker, boolean keyFrame) {
        Set<Integer> detections = new HashSet<>();
        long before = 0;
        for (SkipTrack track : tracker.tracks()) {
            assertThat(track.id).as("tracks stand in the order of their ids").isGreaterThan(before);
            before = track.id;
            checkMotion(track.motion, BoxMotion.VARIANCE, BoxMotion.COVARIANCE, BoxMotion.VELOCITY_VARIANCE);
            assertThat(track.motion[BoxMotion.WIDTH]).as("boxes have a size").isPositive();
            assertThat(track.motion[BoxMotion.HEIGHT]).as("boxes have a size").isPositive();
            if (keyFrame && track.detection >= 0) {
                assertThat(detections.add(track.detection))
                        .as("a detection belongs to at most one track")
                        .isTrue();
            }
        }
    }

    private void end(long id, long frame) {
        assertThat(alive.remove(id))
                .as("only a track that started ends, and once: %d in frame %d", id, frame)
                .isTrue();
        gone.add(id);
    }

    private void checkTrack(long frame, TrackList tracks, int i) {
        long id = tracks.id(i);
        assertThat(alive).as("a track is shown between its start and its end").contains(id);
        assertThat(new float[] {tracks.x1(i), tracks.y1(i), tracks.x2(i), tracks.y2(i)})
                .as("box of track %d in frame %d", id, frame)
                .satisfies(box -> {
                    for (float edge : box) {
                        assertThat(Float.isFinite(edge)).as("edges are finite").isTrue();
                    }
                    assertThat(box[2] > box[0] && box[3] > box[1])
                            .as("boxes have a size")
                            .isTrue();
                });
        assertThat(tracks.score(i)).as("scores are 0 to 1").isBetween(0f, 1f);
        assertThat(tracks.provenance(i) == Provenance.DETECTED)
                .as("a box is detected if the detector saw it in this frame, and only then")
                .isEqualTo(tracks.framesSinceDetected(i) == 0);
        assertThat(frame - tracks.ageFrames(i))
                .as("a track ages by the frame")
                .isEqualTo(startFrames.computeIfAbsent(id, first -> frame - tracks.ageFrames(i)));
        assertThat(tracks.framesSinceDetected(i))
                .as("a track is no older than its last detection")
                .isBetween(0, tracks.ageFrames(i));
    }

    private static void checkMotion(Track track) {
        checkMotion(
                track.motion, KalmanBoxFilter.VARIANCE, KalmanBoxFilter.COVARIANCE, KalmanBoxFilter.VELOCITY_VARIANCE);
    }

    private static void checkMotion(double[] motion, int variances, int covariances, int velocityVariances) {
        for (double value : motion) {
            assertThat(Double.isFinite(value)).as("motion is finite").isTrue();
        }
        for (int i = 0; i < 4; i++) {
            double variance = motion[variances + i];
            double covariance = motion[covariances + i];
            double velocityVariance = motion[velocityVariances + i];
            assertThat(variance).as("variances are positive").isPositive();
            assertThat(velocityVariance).as("variances are positive").isPositive();
            assertThat(variance * velocityVariance - covariance * covariance)
                    .as("covariances are positive definite")
                    .isPositive();
        }
    }
}
