package dev.framewise.gateway.capture;

import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.image.JpegEncoder;
import dev.framewise.vision.image.VideoPicture;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A live source whose pictures have to be decoded, and encoded as JPEG when somebody wants to send them. A thread of its own reads and
 * decodes at the camera's pace and keeps the newest picture only: whoever takes pictures more slowly misses some, and never falls behind.
 *
 * <p>Used by one thread. {@link #close} waits for the thread that reads, however long its native code takes, so that a source whose
 * camera hangs is not forgotten with what it holds.
 */
final class LiveDecodedSource implements FrameSource {
    private static final Logger LOG = LoggerFactory.getLogger(LiveDecodedSource.class);

    private final String shown;
    private final ClipReader reader;
    private final PictureFormat format;
    private final JpegEncoder encoder;
    private final Thread thread;
    private final Object news = new Object();
    private final VideoPicture[] pictures = {new VideoPicture(), new VideoPicture(), new VideoPicture()};

    /** Indices of the pictures: being written, last written, being used. */
    private int writing;

    private int newest = 1;
    private int used = 2;
    private boolean isNew;
    private long missed;
    private boolean ended;
    private IOException failure;
    private volatile boolean closed;

    /** @param reader is closed with the source */
    LiveDecodedSource(String shown, int jpegQuality, ClipReader reader) {
        this.shown = shown;
        this.reader = reader;
        // asked before another thread has the reader
        this.format = new PictureFormat(reader.width(), reader.height(), reader.framesPerSecond(), /* jpeg= */ false);
        this.encoder = new JpegEncoder(jpegQuality);
        this.thread = new Thread(this::readAll, Thread.currentThread().getName() + "-reads");
        thread.setDaemon(true);
        thread.start();
    }

    private void readAll() {
        IOException broken = null;
        try {
            while (!closed && reader.advance()) {
                put(reader.picture());
            }
        } catch (IOException e) {
            broken = e;
        } catch (RuntimeException | LinkageError e) {
            broken = new IOException(shown + ": " + e, e);
        } finally {
            closeReader();
            synchronized (news) {
                ended = true;
                failure = broken;
                news.notifyAll();
            }
        }
    }

    private void closeReader() {
        try {
            reader.close();
        } catch (IOException e) {
            LOG.warn("{}: not closed cleanly ({})", shown, e.getMessage());
        }
    }

    private void put(VideoPicture picture) {
        pictures[writing].copyFrom(picture);
        synchronized (news) {
            int free = newest;
            newest = writing;
            writing = free;
            missed += isNew ? 1 : 0;
            isNew = true;
            news.notifyAll();
        }
    }

    @Override
    public Picture next() throws IOException {
        synchronized (news) {
            try {
                while (!isNew && !ended) {
                    news.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException(shown + ": left");
            }
            if (!isNew) {
                if (failure != null) {
                    throw new IOException(failure.getMessage(), failure);
                }
                return null;
            }
            int free = used;
            used = newest;
            newest = free;
            isNew = false;
        }
        return new DecodedPicture(pictures[used], encoder);
    }

    @Override
    public long takeMissed() {
        synchronized (news) {
            long all = missed;
            missed = 0;
            return all;
        }
    }

    @Override
    public boolean keepsNewestOnly() {
        return true;
    }

    @Override
    public double framesPerSecond() {
        return format.framesPerSecond();
    }

    @Override
    public Optional<PictureFormat> given() {
        return Optional.of(format);
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        encoder.close();
        for (VideoPicture picture : pictures) {
            picture.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
