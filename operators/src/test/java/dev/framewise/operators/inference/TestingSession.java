package dev.framewise.operators.inference;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.vision.image.ImageFormatException;
import java.util.ArrayList;
import java.util.List;

/** A session that sees one box per frame, at x = sequence, and writes down what it was asked. A picture of 0xFF is corrupt. */
public class TestingSession implements BatchSession {
    private final int slots;
    private final FrameTask[] loaded;
    public final List<Integer> batches = new ArrayList<>();
    public boolean closed;

    public TestingSession(int slots) {
        this.slots = slots;
        this.loaded = new FrameTask[slots];
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public void load(int slot, FrameTask task) throws ImageFormatException {
        if (task.record.payload[0] == (byte) 0xFF) {
            throw new ImageFormatException(ImageFormatException.Problem.CORRUPT, "corrupt for a test");
        }
        loaded[slot] = task;
    }

    @Override
    public void run(int count) {
        batches.add(count);
    }

    @Override
    public void finish(int slot, FrameTask task) {
        if (loaded[slot] != task) {
            throw new IllegalStateException("slot " + slot + " holds another frame");
        }
        task.boxesXyxy = new float[] {task.record.sequence, 0, task.record.sequence + 10f, 10};
        task.scores = new float[] {0.9f};
        task.classIds = new int[] {0};
    }

    @Override
    public void stamp(FrameTask task) {
        task.cost.model = "testing";
        task.cost.precision = "fp32";
        task.cost.provider = "cpu";
    }

    @Override
    public void close() {
        closed = true;
    }
}
