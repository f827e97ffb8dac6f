package dev.framewise.gateway;

import dev.framewise.gateway.capture.FrameSource;
import dev.framewise.gateway.capture.Picture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A clip of tiny numbered pictures: the bytes of picture i are i as four bytes. */
public final class TestingSource implements FrameSource {
    private final int pictures;
    private final int failAt;
    private final double framesPerSecond;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger encoded = new AtomicInteger();
    private final Set<Integer> unreadable = new HashSet<>();
    private int next;

    public TestingSource(int pictures) {
        this(pictures, /* failAt= */ -1);
    }

    /** Breaks off at picture {@code failAt}; never if negative. */
    public TestingSource(int pictures, int failAt) {
        this(pictures, failAt, /* framesPerSecond= */ 10);
    }

    public TestingSource(int pictures, int failAt, double framesPerSecond) {
        this.pictures = pictures;
        this.failAt = failAt;
        this.framesPerSecond = framesPerSecond;
    }

    /** The bytes of a picture cannot be had. */
    public TestingSource unreadable(int picture) {
        unreadable.add(picture);
        return this;
    }

    @Override
    public Picture next() throws IOException {
        if (next == failAt) {
            throw new IOException("the cable was cut");
        }
        return next == pictures ? null : new Numbered(next++);
    }

    @Override
    public double framesPerSecond() {
        return framesPerSecond;
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public void close() {
        closed.set(true);
    }

    /** Whether it was given back. */
    public boolean isClosed() {
        return closed.get();
    }

    /** Pictures whose bytes somebody asked for. */
    public int encoded() {
        return encoded.get();
    }

    private final class Numbered implements Picture {
        private final int number;

        Numbered(int number) {
            this.number = number;
        }

        @Override
        public int width() {
            return 64;
        }

        @Override
        public int height() {
            return 48;
        }

        @Override
        public byte[] jpeg() throws IOException {
            if (unreadable.contains(number)) {
                throw new IOException("picture " + number + " is no picture");
            }
            encoded.incrementAndGet();
            return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
        }
    }
}
