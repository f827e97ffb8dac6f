package dev.framewise.vision.track;

import dev.framewise.schemas.Provenance;
import dev.framewise.schemas.TrackBox;
import dev.framewise.schemas.TrackState;
import java.util.ArrayList;
import java.util.List;

/** What a tracker shows, as the records of the topic {@code tracks} hold it. */
public final class TrackRecords {
    private TrackRecords() {}

    /** The tracks shown, ordered by id. */
    public static List<TrackBox> boxes(TrackList shown) {
        List<TrackBox> boxes = new ArrayList<>(shown.size());
        for (int i = 0; i < shown.size(); i++) {
            boxes.add(box(shown, i));
        }
        return boxes;
    }

    /** Ids of the tracks that started. */
    public static List<Long> started(TrackList shown) {
        List<Long> ids = new ArrayList<>(shown.startedSize());
        for (int i = 0; i < shown.startedSize(); i++) {
            ids.add(shown.started(i));
        }
        return ids;
    }

    /** Ids of the tracks that ended. */
    public static List<Long> ended(TrackList shown) {
        List<Long> ids = new ArrayList<>(shown.endedSize());
        for (int i = 0; i < shown.endedSize(); i++) {
            ids.add(shown.ended(i));
        }
        return ids;
    }

    private static TrackBox box(TrackList shown, int i) {
        return new TrackBox(
                shown.id(i),
                shown.x1(i),
                shown.y1(i),
                shown.x2(i) - shown.x1(i),
                shown.y2(i) - shown.y1(i),
                shown.classId(i),
                shown.score(i),
                switch (shown.state(i)) {
                    case TENTATIVE -> TrackState.TENTATIVE;
                    case CONFIRMED -> TrackState.CONFIRMED;
                    case LOST -> TrackState.LOST;
                },
                switch (shown.provenance(i)) {
                    case DETECTED -> Provenance.DETECTED;
                    case INTERPOLATED -> Provenance.INTERPOLATED;
                    case PREDICTED -> Provenance.PREDICTED;
                    case FLOW -> Provenance.FLOW;
                },
                shown.ageFrames(i),
                shown.framesSinceDetected(i),
                shown.uncertainty(i));
    }
}
