package dev.framewise.toolkit.distil;

/**
 * A frame and what the teacher sees in it.
 *
 * @param bgr packed BGR bytes of {@code width * height} pixels
 * @param boxesXyxy four numbers a box, pixels of this frame
 * @param scores 0 to 1 for each box: how sure the student is to be
 */
record LabelledFrame(int width, int height, byte[] bgr, float[] boxesXyxy, float[] scores) {
    int boxes() {
        return scores.length;
    }

    LabelledFrame with(float[] otherScores) {
        return new LabelledFrame(width, height, bgr, boxesXyxy, otherScores);
    }
}
