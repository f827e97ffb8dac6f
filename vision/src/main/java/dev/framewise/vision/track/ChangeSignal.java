package dev.framewise.vision.track;

import java.util.ArrayList;
import java.util.Arrays;

/**
 * What changed between two pictures where no track is: block by block, the mean difference in brightness at quarter size against
 * what is usual in this pair of pictures (the median block: noise, a flickering lamp). Cheap: no background is kept, so whatever stands
 * still is no change. One thread; allocates nothing while the size stays.
 */
final class ChangeSignal {
    /** Side of a block at quarter size: 32 pixels of the source. */
    private static final int BLOCK = 8;

    /** A block has changed from this mean difference on, grey levels, and from this many times the median. */
    private static final double MIN_DIFFERENCE = 5;

    private static final double MIN_RATIO = 4;
    /** As many changed blocks are surely something. */
    private static final double SURE_BLOCKS = 4;
    /** A change of scene: the median block differs by so much, grey levels. */
    private static final double SCENE_DIFFERENCE = 25;
    /** A track's surroundings are its own: share of its size on each side. */
    private static final double GROWTH = 0.35;

    private float[] differences = new float[0];
    private float[] sorted = new float[0];

    private double change;
    private boolean sceneChanged;

    /** Compares two pictures of one size; tracks count where they are shown in the second. */
    void measure(FlowPyramid before, FlowPyramid now, ArrayList<SkipTrack> tracks) {
        int columns = now.width(1) / BLOCK;
        int rows = now.height(1) / BLOCK;
        int blocks = columns * rows;
        change = 0;
        sceneChanged = false;
        if (blocks == 0) {
            return;
        }
        if (differences.length != blocks) {
            differences = new float[blocks];
            sorted = new float[blocks];
        }
        for (int block = 0; block < blocks; block++) {
            differences[block] = difference(before, now, block % columns, block / columns);
        }
        System.arraycopy(differences, 0, sorted, 0, blocks);
        Arrays.sort(sorted);
        double usual = sorted[blocks / 2];
        sceneChanged = usual >= SCENE_DIFFERENCE;
        double least = Math.max(MIN_DIFFERENCE, MIN_RATIO * usual);
        int changed = 0;
        for (int block = 0; block < blocks; block++) {
            if (differences[block] >= least && !isTracked(tracks, block % columns, block / columns)) {
                changed++;
            }
        }
        change = Math.min(1, changed / SURE_BLOCKS);
    }

    /** 0 nothing, 1 surely something. */
    double change() {
        return change;
    }

    boolean sceneChanged() {
        return sceneChanged;
    }

    private static float difference(FlowPyramid before, FlowPyramid now, int column, int row) {
        byte[] a = before.plane(1);
        byte[] b = now.plane(1);
        int sum = 0;
        for (int y = 0; y < BLOCK; y++) {
            int at = (FlowPyramid.MARGIN + row * BLOCK + y) * now.stride(1) + FlowPyramid.MARGIN + column * BLOCK;
            for (int x = 0; x < BLOCK; x++) {
                sum += Math.abs((a[at + x] & 0xff) - (b[at + x] & 0xff));
            }
        }
        return sum / (float) (BLOCK * BLOCK);
    }

    private static boolean isTracked(ArrayList<SkipTrack> tracks, int column, int row) {
        double left = 4.0 * BLOCK * column;
        double top = 4.0 * BLOCK * row;
        for (int i = 0; i < tracks.size(); i++) {
            SkipTrack track = tracks.get(i);
            double growX = GROWTH * track.motion[BoxMotion.WIDTH];
            double growY = GROWTH * track.motion[BoxMotion.HEIGHT];
            if (track.seenAtKey
                    && left + 4 * BLOCK > track.left() - growX
                    && left < track.right() + growX
                    && top + 4 * BLOCK > track.top() - growY
                    && top < track.bottom() + growY) {
                return true;
            }
        }
        return false;
    }
}
