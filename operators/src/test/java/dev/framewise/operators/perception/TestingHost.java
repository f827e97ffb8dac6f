package dev.framewise.operators.perception;

import dev.framewise.operators.tracking.CameraTracks;
import dev.framewise.operators.tracking.FateEvent;
import dev.framewise.operators.tracking.TrackingHost;
import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.TrackRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** State in a map, outputs in lists. */
final class TestingHost implements TrackingHost {
    final List<TrackRow> rows = new ArrayList<>();
    final List<FateEvent> fates = new ArrayList<>();
    private final Map<String, CameraTracks> cameras = new HashMap<>();
    private String inTurn;

    Map<String, List<TrackRow>> rowsByCamera() {
        return rows.stream().collect(Collectors.groupingBy(TrackRow::getCamera));
    }

    @Override
    public void turnTo(String camera, long timestampMillis) {
        inTurn = camera;
    }

    @Override
    public CameraTracks camera() {
        return cameras.get(inTurn);
    }

    @Override
    public void keep(CameraTracks camera) {
        cameras.put(inTurn, camera);
    }

    @Override
    public long watermarkMillis() {
        return Long.MIN_VALUE;
    }

    @Override
    public void wakeAt(long eventTimeMillis) {}

    @Override
    public void row(TrackRow row) {
        rows.add(row);
    }

    @Override
    public void fate(FateEvent fate) {
        fates.add(fate);
    }

    @Override
    public void sample(InferenceSample sample) {}

    @Override
    public void deadLetter(DeadLetter letter) {}
}
