package dev.framewise.gateway;

import dev.framewise.gateway.capture.FrameSource;
import dev.framewise.gateway.capture.Picture;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** A camera of a few pictures, at whose end it breaks off, ends, or hangs in native code until it is let go. */
final class TestingLiveSource implements FrameSource {
    enum End {
        BREAKS_OFF,
        ENDS,
        HANGS
    }

    final CountDownLatch hanging = new CountDownLatch(1);
    final CountDownLatch letGo = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final TestingSource pictures;
    private final End end;

    TestingLiveSource(int pictures, End end) {
        this.pictures = new TestingSource(pictures);
        this.end = end;
    }

    @Override
    public Picture next() throws IOException {
        Picture picture = pictures.next();
        if (picture != null || end == End.ENDS) {
            return picture;
        }
        if (end == End.BREAKS_OFF) {
            throw new IOException("rtsp://user:secret@camera/1: the line dropped");
        }
        hanging.countDown();
        boolean out = false;
        while (!out) {
            try {
                letGo.await();
                out = true;
            } catch (InterruptedException e) {
                // native code hears no interrupt
                out = false;
            }
        }
        return new TestingSource(1).next();
    }

    @Override
    public double framesPerSecond() {
        return 10;
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public void close() {
        closed.set(true);
    }

    boolean isClosed() {
        return closed.get();
    }
}
