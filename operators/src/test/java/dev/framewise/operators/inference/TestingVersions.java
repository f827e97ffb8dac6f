package dev.framewise.operators.inference;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.model.Evidence;
import dev.framewise.vision.model.Release;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A {@link TestingSession} that takes over at a barrier whatever version was released last, and remembers it. */
public final class TestingVersions implements BatchSession {
    private final TestingSession session = new TestingSession(/* slots= */ 3);
    private String live;
    private String pending;

    private TestingVersions(String live) {
        this.live = live;
        this.pending = live;
    }

    /** Opens them. */
    public static final class Factory implements BatchSession.Factory {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean opensTwins() {
            return true;
        }

        @Override
        public BatchSession open() {
            return new TestingVersions("base");
        }

        @Override
        public BatchSession open(List<byte[]> snapshots) {
            return snapshots.isEmpty()
                    ? open()
                    : new TestingVersions(new String(snapshots.get(0), StandardCharsets.UTF_8));
        }
    }

    @Override
    public int slots() {
        return session.slots();
    }

    @Override
    public void load(int slot, FrameTask task) throws ImageFormatException {
        session.load(slot, task);
    }

    @Override
    public void run(int count) {
        session.run(count);
    }

    @Override
    public void finish(int slot, FrameTask task) {
        session.finish(slot, task);
        stamp(task);
    }

    @Override
    public void stamp(FrameTask task) {
        session.stamp(task);
        task.cost.model = live;
    }

    @Override
    public void follow(Release release) {
        pending = release.version().version();
    }

    @Override
    public Optional<Evidence> report() {
        return pending.equals(live) ? Optional.empty() : Optional.of(new Evidence());
    }

    @Override
    public void barrier() {
        live = pending;
    }

    @Override
    public byte[] snapshot() {
        return live.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String liveModel() {
        return live;
    }

    @Override
    public void close() {
        session.close();
    }
}
