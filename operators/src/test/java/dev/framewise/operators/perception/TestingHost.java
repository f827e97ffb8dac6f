package dev.framewise.operators.perception;

import dev.framewise.operators.frame.Lane;
import dev.framewise.operators.tracking.CameraTracks;
import dev.framewise.operators.tracking.FateEvent;
import dev.framewise.operators.tracking.FrameTracking;
import dev.framewise.operators.tracking.TrackingHost;
import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.BoxProblem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** State in a map, outputs in lists, a clock of event time that {@link #fire} turns. */
final class TestingHost implements TrackingHost {
    final List<TrackRow> rows = new ArrayList<>();
    final List<FateEvent> fates = new ArrayList<>();
    final Map<BoxProblem, Integer> refused = new EnumMap<>(BoxProblem.class);
    private final Map<Lane, Map<String, CameraTracks>> cameras = new EnumMap<>(Lane.class);
    private final TreeMap<Long, TreeSet<String>> timers = new TreeMap<>();
    private String inTurn;
    private Lane laneInTurn;
    private long inTurnMillis;
    private long watermarkMillis = Long.MIN_VALUE;

    /** A watermark has arrived, whether or not it is held back. */
    void arrived(long millis) {
        watermarkMillis = Math.max(watermarkMillis, millis);
    }

    /** A watermark has come to its turn: wakes what has asked for it. */
    void fire(long millis, FrameTracking tracking) {
        while (!timers.isEmpty() && timers.firstKey() <= millis) {
            Map.Entry<Long, TreeSet<String>> due = timers.pollFirstEntry();
            for (String camera : due.getValue()) {
                tracking.wake(camera, due.getKey());
            }
        }
    }

    private Map<String, CameraTracks> lane(Lane lane) {
        return cameras.computeIfAbsent(lane, key -> new HashMap<>());
    }

    Map<String, List<TrackRow>> rowsByCamera() {
        return rows.stream().collect(Collectors.groupingBy(TrackRow::getCamera));
    }

    @Override
    public void turnTo(String camera, Lane lane, long timestampMillis) {
        inTurn = camera;
        laneInTurn = lane;
        inTurnMillis = timestampMillis;
    }

    @Override
    public Lane lane() {
        return laneInTurn;
    }

    @Override
    public long timestampMillis() {
        return inTurnMillis;
    }

    @Override
    public CameraTracks camera() {
        return lane(laneInTurn).get(inTurn);
    }

    @Override
    public void keep(CameraTracks camera) {
        lane(laneInTurn).put(inTurn, camera);
    }

    @Override
    public long watermarkMillis() {
        return watermarkMillis;
    }

    @Override
    public void wakeAt(long eventTimeMillis) {
        timers.computeIfAbsent(eventTimeMillis, time -> new TreeSet<>()).add(inTurn);
    }

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
    public void refused(BoxProblem problem) {
        refused.merge(problem, 1, Integer::sum);
    }

    @Override
    public void deadLetter(DeadLetter letter) {}
}
