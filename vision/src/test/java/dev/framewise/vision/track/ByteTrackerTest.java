package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.TrackList.Provenance;
import dev.framewise.vision.track.TrackList.State;
import org.junit.jupiter.api.Test;

/** The life of single tracks, frame by frame. */
class ByteTrackerTest {
    private static final Detections NOTHING = new Detections();

    private final ByteTracker tracker =
            new ByteTracker(ByteTrackOptions.defaults().withBufferFrames(5));
    private final TrackList shown = new TrackList();

    @Test
    void whatTheFirstKeyFrameShowsIsConfirmedAtOnce() {
        tracker.update(1, at(100, 0.9f), shown);
        assertThat(shown.size()).isEqualTo(1);
        assertThat(shown.started(0)).isEqualTo(shown.id(0));
        assertThat(shown.state(0)).isEqualTo(State.CONFIRMED);
        assertThat(shown.provenance(0)).isEqualTo(Provenance.DETECTED);
        assertThat(shown.x1(0)).isEqualTo(100f);
        assertThat(shown.y2(0)).isEqualTo(180f);
    }

    @Test
    void whatComesLaterIsConfirmedByItsNextKeyFrame() {
        tracker.update(1, NOTHING, shown);
        tracker.update(2, at(100, 0.9f), shown);
        assertThat(shown.size()).isZero();
        assertThat(shown.startedSize()).isZero();
        tracker.update(3, at(102, 0.9f), shown);
        assertThat(shown.size()).isEqualTo(1);
        assertThat(shown.startedSize()).isEqualTo(1);
        assertThat(shown.ageFrames(0)).isEqualTo(1);
    }

    @Test
    void aTentativeTrackEndsUnseenIfItsNextKeyFrameDoesNotConfirmIt() {
        tracker.update(1, NOTHING, shown);
        tracker.update(2, at(100, 0.9f), shown);
        tracker.update(3, NOTHING, shown);
        tracker.update(4, at(100, 0.9f), shown);
        assertThat(shown.size()).isZero();
        assertThat(shown.endedSize()).isZero();
    }

    @Test
    void aTentativeTrackSurvivesSkippedFrames() {
        tracker.update(1, NOTHING, shown);
        tracker.update(2, at(100, 0.9f), shown);
        tracker.coast(3, shown);
        tracker.coast(4, shown);
        assertThat(shown.size()).isZero();
        tracker.update(5, at(103, 0.9f), shown);
        assertThat(shown.size()).isEqualTo(1);
    }

    @Test
    void aSkippedFrameShowsTracksWhereTheyMoveTo() {
        for (int frame = 1; frame <= 20; frame++) {
            tracker.update(frame, at(100 + 4 * frame, 0.9f), shown);
        }
        tracker.coast(21, shown);
        tracker.coast(22, shown);
        assertThat(shown.size()).isEqualTo(1);
        assertThat(shown.provenance(0)).isEqualTo(Provenance.PREDICTED);
        assertThat(shown.framesSinceDetected(0)).isEqualTo(2);
        assertThat(shown.x1(0)).isCloseTo(188f, within(1f));
        assertThat(shown.x2(0) - shown.x1(0)).isCloseTo(40f, within(0.1f));
    }

    @Test
    void aLostTrackIsHiddenAndReturnsUnderItsId() {
        tracker.update(1, at(100, 0.9f), shown);
        long id = shown.id(0);
        tracker.update(2, NOTHING, shown);
        assertThat(shown.size()).isZero();
        tracker.coast(3, shown);
        assertThat(shown.size()).isZero();
        tracker.update(4, at(100, 0.9f), shown);
        assertThat(shown.id(0)).isEqualTo(id);
        assertThat(shown.startedSize()).isZero();
    }

    @Test
    void theBufferCountsSkippedFramesToo() {
        tracker.update(1, at(100, 0.9f), shown);
        long id = shown.id(0);
        tracker.update(2, NOTHING, shown);
        for (int frame = 3; frame <= 6; frame++) {
            tracker.coast(frame, shown);
            assertThat(shown.endedSize()).isZero();
        }
        tracker.coast(7, shown);
        assertThat(shown.endedSize()).isEqualTo(1);
        assertThat(shown.ended(0)).isEqualTo(id);
    }

    @Test
    void aJumpBeyondTheBufferEndsTracksHoweverFar() {
        tracker.update(1, at(100, 0.9f), shown);
        long id = shown.id(0);
        tracker.update(Long.MAX_VALUE, at(100, 0.9f), shown);
        assertThat(shown.ended(0)).isEqualTo(id);
        assertThat(shown.size()).isZero();
    }

    @Test
    void aLowScoreKeepsATrackButStartsNone() {
        tracker.update(1, at(100, 0.9f), shown);
        long id = shown.id(0);
        Detections low = at(101, 0.3f);
        low.add(300, 100, 340, 180, /* score= */ 0.3f, /* classId= */ 0);
        tracker.update(2, low, shown);
        tracker.update(3, low, shown);
        assertThat(shown.size()).isEqualTo(1);
        assertThat(shown.id(0)).isEqualTo(id);
        assertThat(shown.score(0)).isEqualTo(0.3f);
    }

    @Test
    void aLowScoreDoesNotBringALostTrackBack() {
        tracker.update(1, at(100, 0.9f), shown);
        tracker.update(2, NOTHING, shown);
        tracker.update(3, at(100, 0.3f), shown);
        assertThat(shown.size()).isZero();
    }

    @Test
    void aTrackTakesItsOwnClassOnlyUnlessToldOtherwise() {
        Detections car = new Detections();
        car.add(100, 100, 140, 180, /* score= */ 0.9f, /* classId= */ 2);
        tracker.update(1, at(100, 0.9f), shown);
        tracker.update(2, car, shown);
        assertThat(shown.size()).isZero();

        ByteTracker agnostic = new ByteTracker(ByteTrackOptions.defaults().withClassAgnostic(true));
        agnostic.update(1, at(100, 0.9f), shown);
        agnostic.update(2, car, shown);
        assertThat(shown.size()).isEqualTo(1);
        assertThat(shown.classId(0)).isEqualTo(2);
    }

    @Test
    void ofTwoTracksOnOneObjectTheLongerOneStays() {
        Detections two = at(100, 0.9f);
        two.add(160, 100, 200, 180, /* score= */ 0.9f, /* classId= */ 1);
        tracker.update(1, two, shown);
        tracker.update(2, two, shown);
        tracker.update(3, two, shown);
        tracker.update(4, at(100, 0.9f), shown);
        assertThat(tracker.lost()).hasSize(1);
        long lost = tracker.lost().get(0).id;
        // the other object now stands where the lost one was seen, as another class, so it cannot take its track
        Detections onTheLost = new Detections();
        onTheLost.add(160, 100, 200, 180, /* score= */ 0.9f, /* classId= */ 0);
        tracker.update(5, onTheLost, shown);
        tracker.update(6, onTheLost, shown);
        assertThat(shown.size()).isZero();
        assertThat(tracker.lost()).extracting(track -> track.id).contains(lost);
    }

    @Test
    void rejectedDetectionsAreCounted() {
        Detections detections = at(100, 0.9f);
        detections.add(Float.NaN, 0, 1, 1, /* score= */ 0.9f, /* classId= */ 0);
        detections.add(5, 0, 1, 1, /* score= */ 0.9f, /* classId= */ 0);
        tracker.update(1, detections, shown);
        assertThat(tracker.rejectedDetections()).isEqualTo(2);
        assertThat(shown.size()).isEqualTo(1);
    }

    /** The published filter turns a box inside out that shrinks while nobody looks. */
    @Test
    void aShrinkingBoxKeepsItsSizeWhileCoasting() {
        ByteTracker patient = new ByteTracker(ByteTrackOptions.defaults().withBufferFrames(200));
        for (int frame = 1; frame <= 10; frame++) {
            Detections detections = new Detections();
            float height = 110 - 10 * frame;
            detections.add(100, 100, 100 + height / 2, 100 + height, /* score= */ 0.9f, /* classId= */ 0);
            patient.update(frame, detections, shown);
        }
        TrackInvariants invariants = new TrackInvariants();
        shown.addStarted(shown.id(0));
        invariants.check(/* frame= */ 10, shown);
        for (int frame = 11; frame <= 150; frame++) {
            patient.coast(frame, shown);
            assertThat(shown.size()).isEqualTo(1);
            assertThat(shown.y2(0) - shown.y1(0)).as("height, pixels").isGreaterThan(0.9f);
            invariants.check(frame, shown);
        }
    }

    /** At 2^24 pixels neighbouring floats are 2 apart, so both edges of a narrow box can round to one. */
    @Test
    void aNarrowBoxFarAwayKeepsItsSize() {
        Track track = new Track();
        track.start(/* newId= */ 1, at(100, 0.9f), /* i= */ 0, /* frame= */ 1, State.CONFIRMED);
        KalmanBoxFilter.start(track.motion, 16_777_217.5, 16_777_217.5, 16_777_218.5, 16_777_218.5);
        track.showIn(shown, /* frame= */ 1, Provenance.DETECTED, new double[4]);
        assertThat(shown.x2(0)).isGreaterThan(shown.x1(0));
        assertThat(shown.y2(0)).isGreaterThan(shown.y1(0));
    }

    /** A person of 40 x 80 pixels. */
    private static Detections at(float x1, float score) {
        Detections detections = new Detections();
        detections.add(x1, 100, x1 + 40, 180, score, /* classId= */ 0);
        return detections;
    }
}
