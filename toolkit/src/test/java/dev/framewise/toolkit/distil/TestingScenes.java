package dev.framewise.toolkit.distil;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Frames of a camera that sees a grey wall with a pole in it, and somebody white who walks past. */
final class TestingScenes {
    static final int WIDTH = 208;
    static final int HEIGHT = 160;
    static final int WALKER_WIDTH = 16;
    static final int WALKER_HEIGHT = 40;
    static final int POLE = 150;

    private TestingScenes() {}

    /** As a teacher labels them: the walker at 0.7, the pole at 0.5. */
    static List<LabelledFrame> frames(int count) {
        List<LabelledFrame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int left = 5 + i * (WIDTH - WALKER_WIDTH - 10) / count;
            int top = 60 + 2 * i % 30;
            byte[] bgr = new byte[3 * WIDTH * HEIGHT];
            Random noise = new Random(i);
            for (int at = 0; at < bgr.length; at++) {
                int x = at / 3 % WIDTH;
                int y = at / 3 / WIDTH;
                boolean walker = x >= left && x < left + WALKER_WIDTH && y >= top && y < top + WALKER_HEIGHT;
                boolean pole = x >= POLE && x < POLE + 6;
                bgr[at] = (byte) ((walker ? 240 : pole ? 40 : 110) + noise.nextInt(8));
            }
            frames.add(new LabelledFrame(
                    WIDTH,
                    HEIGHT,
                    bgr,
                    new float[] {
                        left, top, left + WALKER_WIDTH, top + WALKER_HEIGHT, POLE, 50, POLE + 6, 100,
                    },
                    new float[] {0.7f, 0.5f}));
        }
        return frames;
    }

    static Scene scene() {
        return Scene.clean("wall", frames(40));
    }
}
