package dev.framewise.vision.asset;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Hands the body of an HTTP answer to the calling thread piece by piece, with a limit on how long one piece may take:
 * {@link java.net.http.HttpRequest} has a time limit for the head of the answer only.
 *
 * <p>The client's thread puts pieces in, one at most waiting; the reader's thread takes them out.
 */
final class BodyQueue implements Flow.Subscriber<List<ByteBuffer>>, Closeable {
    /** A piece, or else the end of the body: with a failure where it came too early. */
    private record Item(Optional<List<ByteBuffer>> piece, Optional<Throwable> failure) {}

    // unbounded by type, yet holds one piece and one end: a piece is asked for only when the one before is taken
    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private volatile Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription granted) {
        subscription = granted;
        granted.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        items.add(new Item(Optional.of(buffers), Optional.empty()));
    }

    @Override
    public void onError(Throwable failure) {
        items.add(new Item(Optional.empty(), Optional.of(failure)));
    }

    @Override
    public void onComplete() {
        items.add(new Item(Optional.empty(), Optional.empty()));
    }

    /**
     * The next piece; empty at the end of the body.
     *
     * @throws IOException if the transfer failed, or nothing came within {@code stallTimeout}
     */
    Optional<List<ByteBuffer>> next(Duration stallTimeout) throws IOException, InterruptedException {
        Item item = items.poll(stallTimeout.toMillis(), TimeUnit.MILLISECONDS);
        if (item == null) {
            throw new IOException("stalled: no byte for " + stallTimeout.toMillis() + " ms");
        }
        if (item.failure().isPresent()) {
            Throwable failure = item.failure().get();
            throw new IOException("broke off: " + failure.getMessage(), failure);
        }
        if (item.piece().isPresent()) {
            subscription.request(1);
        }
        return item.piece();
    }

    /** Stops the transfer where it still runs. */
    @Override
    public void close() {
        Flow.Subscription granted = subscription;
        if (granted != null) {
            granted.cancel();
        }
    }
}
