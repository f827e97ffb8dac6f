package dev.framewise.vision.track;

import dev.framewise.vision.track.TrackList.Provenance;
import java.util.Arrays;

/**
 * The short delay: holds back the skipped frames until the next key frame and then shows on them what lies between. A track that both
 * key frames saw goes straight from box to box. A track that only the first saw is shown for the first half of the way, one that only the second saw, a
 * newcomer, for the second half, at the place where the second saw it. Boxes that were moved are {@link Provenance#INTERPOLATED}.
 *
 * <p>A newcomer's age is 0 until the detector has seen it.
 *
 * <p>Put behind a {@link Tracker}: every frame's list goes in once, in order, and comes out once, in order, at most
 * {@code maxHeldFrames} frames later. Ids start in the frame that shows them first. Its lists are reused; not thread-safe.
 */
public final class TrackDelay {
    /** Takes what comes out; the list is valid during the call only. */
    public interface Sink {
        /** One frame, complete. */
        void accept(long frame, TrackList tracks);
    }

    private final int maxHeldFrames;
    private TrackList[] held;
    private long[] frames;
    private int heldSize;
    private final TrackList before = new TrackList();
    private final TrackList out = new TrackList();
    private long beforeFrame;
    private boolean hasBefore;
    private long[] early = new long[8];
    private int earlySize;

    /**
     * @param maxHeldFrames skipped frames that are held at most; if the next key frame is longer in coming, they go as they are
     */
    public TrackDelay(int maxHeldFrames) {
        if (maxHeldFrames < 1) {
            throw new IllegalArgumentException("a delay of " + maxHeldFrames + " frames; allowed: 1 or more");
        }
        this.maxHeldFrames = maxHeldFrames;
        grow(maxHeldFrames);
    }

    private void grow(int capacity) {
        held = new TrackList[capacity];
        Arrays.setAll(held, i -> new TrackList());
        frames = new long[capacity];
    }

    /**
     * Takes a frame and gives out all that are complete.
     *
     * @param key whether the detector looked at it
     * @param tracks what the tracker shows; copied
     */
    public void accept(long frame, boolean key, TrackList tracks, Sink sink) {
        if (!key && hasBefore && heldSize < maxHeldFrames) {
            held[heldSize].copyFrom(tracks);
            frames[heldSize++] = frame;
            return;
        }
        earlySize = 0;
        if (!key) {
            flush(sink);
        } else if (hasBefore) {
            release(frame, tracks, sink);
        }
        before.copyFrom(tracks);
        beforeFrame = frame;
        hasBefore = key;
        emit(frame, tracks, sink);
    }

    /** Gives out what is held, as it is: before the tracks of the camera are ended, and at the end. */
    public void flush(Sink sink) {
        for (int i = 0; i < heldSize; i++) {
            sink.accept(frames[i], held[i]);
        }
        heldSize = 0;
        hasBefore = false;
    }

    /** Frames held at the moment. */
    public int heldFrames() {
        return heldSize;
    }

    /** What is held, and the key frame before it, versioned: {@link #restore} goes on bit for bit. */
    public byte[] snapshot() {
        return TrackDelaySnapshot.toBytes(hasBefore, beforeFrame, before, Arrays.copyOf(frames, heldSize), held);
    }

    /**
     * Replaces the state with that of a snapshot, which may hold more frames than this delay would.
     *
     * @throws IllegalArgumentException if the bytes are of an unknown version, truncated or have trailing bytes
     */
    public void restore(byte[] snapshot) {
        TrackDelaySnapshot read = TrackDelaySnapshot.fromBytes(snapshot);
        hasBefore = read.hasBefore;
        beforeFrame = read.beforeFrame;
        before.copyFrom(read.before);
        heldSize = read.held.size();
        if (heldSize > held.length) {
            grow(heldSize);
        }
        for (int i = 0; i < heldSize; i++) {
            frames[i] = read.frames[i];
            held[i].copyFrom(read.held.get(i));
        }
    }

    private void release(long frame, TrackList after, Sink sink) {
        for (int i = 0; i < heldSize; i++) {
            fill(held[i], frames[i], after, frame);
            sink.accept(frames[i], out);
        }
        heldSize = 0;
    }

    /** The lists are ordered by id: both are gone through together. */
    private void fill(TrackList list, long frame, TrackList after, long afterFrame) {
        out.clear();
        double share = (frame - beforeFrame) / (double) (afterFrame - beforeFrame);
        int i = 0;
        int k = 0;
        while (i < list.size() || k < after.size()) {
            long id = i < list.size() ? list.id(i) : Long.MAX_VALUE;
            long afterId = k < after.size() ? after.id(k) : Long.MAX_VALUE;
            if (id == afterId) {
                addBetween(list, i++, after, k++, share);
            } else if (id < afterId) {
                if (share <= 0.5) {
                    out.addFrom(list, i);
                }
                i++;
            } else {
                if (share >= 0.5) {
                    addEarly(after, k);
                }
                k++;
            }
        }
        for (int e = 0; e < list.endedSize(); e++) {
            out.addEnded(list.ended(e));
        }
    }

    private void addBetween(TrackList list, int i, TrackList after, int k, double share) {
        int first = before.indexOf(list.id(i));
        int last = heldSize - 1;
        int carried = held[last].indexOf(list.id(i));
        if (first < 0 || carried < 0) {
            out.addFrom(list, i);
            return;
        }
        out.add(
                list.id(i),
                (float) (before.x1(first) + share * (after.x1(k) - before.x1(first))),
                (float) (before.y1(first) + share * (after.y1(k) - before.y1(first))),
                (float) (before.x2(first) + share * (after.x2(k) - before.x2(first))),
                (float) (before.y2(first) + share * (after.y2(k) - before.y2(first))),
                after.score(k),
                list.classId(i),
                list.state(i),
                Provenance.INTERPOLATED,
                list.ageFrames(i),
                list.framesSinceDetected(i),
                list.uncertainty(i));
    }

    /** A track before the key frame that found it. */
    private void addEarly(TrackList after, int k) {
        // a track that was lost and is back was somewhere else meanwhile
        boolean isNew = false;
        for (int s = 0; s < after.startedSize(); s++) {
            isNew |= after.started(s) == after.id(k);
        }
        if (!isNew) {
            return;
        }
        if (!isEarly(after.id(k))) {
            if (earlySize == early.length) {
                early = Arrays.copyOf(early, 2 * earlySize);
            }
            early[earlySize++] = after.id(k);
            out.addStarted(after.id(k));
        }
        out.add(
                after.id(k),
                after.x1(k),
                after.y1(k),
                after.x2(k),
                after.y2(k),
                after.score(k),
                after.classId(k),
                after.state(k),
                Provenance.INTERPOLATED,
                /* ageFrames= */ 0,
                /* framesSinceDetected= */ 0,
                after.uncertainty(k));
    }

    /** A key frame goes out without the starts that were shown earlier. */
    private void emit(long frame, TrackList tracks, Sink sink) {
        out.clear();
        for (int i = 0; i < tracks.size(); i++) {
            out.addFrom(tracks, i);
        }
        for (int i = 0; i < tracks.startedSize(); i++) {
            if (!isEarly(tracks.started(i))) {
                out.addStarted(tracks.started(i));
            }
        }
        for (int i = 0; i < tracks.endedSize(); i++) {
            out.addEnded(tracks.ended(i));
        }
        sink.accept(frame, out);
    }

    private boolean isEarly(long id) {
        for (int i = 0; i < earlySize; i++) {
            if (early[i] == id) {
                return true;
            }
        }
        return false;
    }
}
