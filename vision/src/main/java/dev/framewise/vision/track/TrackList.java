package dev.framewise.vision.track;

import java.util.Arrays;

/**
 * The tracks of one frame as a tracker shows them, column by column, ordered by id, and the ids that started and ended with
 * this frame. Boxes are Xyxy in pixels of the source image. Reusable; not thread-safe.
 */
public final class TrackList {
    /** Life of a track as shown: lost tracks are shown only by a tracker that is told to. */
    public enum State {
        TENTATIVE,
        CONFIRMED,
        LOST
    }

    /** Where a box comes from. */
    public enum Provenance {
        /** The detector saw it in this very frame. */
        DETECTED,
        /** Filled in between two detections, after the second. */
        INTERPOLATED,
        /** Moved by what the pixels of the object did since the frame before. */
        FLOW,
        /** Moved by the motion model alone. */
        PREDICTED
    }

    private long[] ids = new long[16];
    private float[] boxesXyxy = new float[64];
    private float[] scores = new float[16];
    private int[] classIds = new int[16];
    private int[] ages = new int[16];
    private int[] sinceDetected = new int[16];
    private float[] uncertainties = new float[16];
    private State[] states = new State[16];
    private Provenance[] provenances = new Provenance[16];
    private int size;
    private long[] started = new long[8];
    private int startedSize;
    private long[] ended = new long[8];
    private int endedSize;

    /** Forgets everything and keeps the memory. */
    public void clear() {
        size = 0;
        startedSize = 0;
        endedSize = 0;
    }

    /** Becomes a copy of another list. */
    public void copyFrom(TrackList other) {
        clear();
        for (int i = 0; i < other.size; i++) {
            addFrom(other, i);
        }
        for (int i = 0; i < other.startedSize; i++) {
            addStarted(other.started[i]);
        }
        for (int i = 0; i < other.endedSize; i++) {
            addEnded(other.ended[i]);
        }
    }

    /** Appends a track of another list as it is there. */
    void addFrom(TrackList other, int i) {
        add(
                other.ids[i],
                other.x1(i),
                other.y1(i),
                other.x2(i),
                other.y2(i),
                other.scores[i],
                other.classIds[i],
                other.states[i],
                other.provenances[i],
                other.ages[i],
                other.sinceDetected[i],
                other.uncertainties[i]);
    }

    /** Position of a track in this list, which is ordered by id, or -1. */
    public int indexOf(long id) {
        int at = Arrays.binarySearch(ids, 0, size, id);
        return at < 0 ? -1 : at;
    }

    /** Number of tracks shown. */
    public int size() {
        return size;
    }

    /**
     * Appends a track.
     *
     * @param ageFrames frames since the track started, 0 at the first
     * @param framesSinceDetected 0 where the detector saw it in this frame
     * @param uncertainty standard deviation of the box's centre as the tracker believes, pixels, the larger of x and y
     */
    public void add(
            long id,
            float x1,
            float y1,
            float x2,
            float y2,
            float score,
            int classId,
            State state,
            Provenance provenance,
            int ageFrames,
            int framesSinceDetected,
            float uncertainty) {
        if (size == ids.length) {
            grow(2 * size);
        }
        ids[size] = id;
        boxesXyxy[4 * size] = x1;
        boxesXyxy[4 * size + 1] = y1;
        boxesXyxy[4 * size + 2] = x2;
        boxesXyxy[4 * size + 3] = y2;
        scores[size] = score;
        classIds[size] = classId;
        states[size] = state;
        provenances[size] = provenance;
        ages[size] = ageFrames;
        sinceDetected[size] = framesSinceDetected;
        uncertainties[size] = uncertainty;
        size++;
    }

    /** Notes that a track became visible for the first time. */
    public void addStarted(long id) {
        if (startedSize == started.length) {
            started = Arrays.copyOf(started, 2 * startedSize);
        }
        started[startedSize++] = id;
    }

    /** Notes that a track that had started will never be seen again. */
    public void addEnded(long id) {
        if (endedSize == ended.length) {
            ended = Arrays.copyOf(ended, 2 * endedSize);
        }
        ended[endedSize++] = id;
    }

    public long id(int i) {
        return ids[i];
    }

    /** Left edge, pixels. */
    public float x1(int i) {
        return boxesXyxy[4 * i];
    }

    /** Top edge, pixels. */
    public float y1(int i) {
        return boxesXyxy[4 * i + 1];
    }

    /** Right edge, pixels. */
    public float x2(int i) {
        return boxesXyxy[4 * i + 2];
    }

    /** Bottom edge, pixels. */
    public float y2(int i) {
        return boxesXyxy[4 * i + 3];
    }

    /** Score of the last detection, 0 to 1. */
    public float score(int i) {
        return scores[i];
    }

    public int classId(int i) {
        return classIds[i];
    }

    public State state(int i) {
        return states[i];
    }

    public Provenance provenance(int i) {
        return provenances[i];
    }

    /** Frames since the track started. */
    public int ageFrames(int i) {
        return ages[i];
    }

    /** Frames since the detector last saw it; 0 where it did in this frame. */
    public int framesSinceDetected(int i) {
        return sinceDetected[i];
    }

    /** Standard deviation of the box's centre as the tracker believes, pixels, the larger of x and y. */
    public float uncertainty(int i) {
        return uncertainties[i];
    }

    public int startedSize() {
        return startedSize;
    }

    public long started(int i) {
        return started[i];
    }

    public int endedSize() {
        return endedSize;
    }

    public long ended(int i) {
        return ended[i];
    }

    private void grow(int capacity) {
        ids = Arrays.copyOf(ids, capacity);
        boxesXyxy = Arrays.copyOf(boxesXyxy, 4 * capacity);
        scores = Arrays.copyOf(scores, capacity);
        classIds = Arrays.copyOf(classIds, capacity);
        ages = Arrays.copyOf(ages, capacity);
        sinceDetected = Arrays.copyOf(sinceDetected, capacity);
        uncertainties = Arrays.copyOf(uncertainties, capacity);
        states = Arrays.copyOf(states, capacity);
        provenances = Arrays.copyOf(provenances, capacity);
    }
}
