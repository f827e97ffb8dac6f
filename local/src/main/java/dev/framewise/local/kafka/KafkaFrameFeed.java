package dev.framewise.local.kafka;

import dev.framewise.schemas.Frame;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Topic;
import dev.framewise.toolkit.picture.FrameFeed;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Takes frames from the topic {@code frames}: {@code kafka://HOST:PORT} for all cameras, {@code kafka://HOST:PORT/CAMERA} for one. Frames
 * without a picture are left out. Where there are more than asked for, they are spread over all there are.
 */
public final class KafkaFrameFeed implements FrameFeed {
    private static final String SCHEME = "kafka://";
    private static final Duration WAIT = Duration.ofMillis(200);

    @Override
    public boolean reads(String address) {
        return address.startsWith(SCHEME);
    }

    @Override
    public int fetch(String address, int most, Path folder) throws IOException {
        URI uri = URI.create(address);
        String camera = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        Spread spread = new Spread(most, folder);
        List<IOException> failed = new ArrayList<>();
        try (TopicReader reader = new TopicReader(uri.getAuthority(), List.of(Topic.FRAMES))) {
            while (!reader.atEnd() && failed.isEmpty()) {
                reader.poll(WAIT, record -> take(record, camera, spread, failed));
            }
        } catch (KafkaException | RecordFormatException e) {
            throw new IOException(
                    address + ": frames cannot be read: " + e.getMessage()
                            + ". Check the address, and whether brokers are up.",
                    e);
        }
        if (!failed.isEmpty()) {
            throw failed.get(0);
        }
        return spread.kept();
    }

    private static void take(SpecificRecord record, String camera, Spread spread, List<IOException> failed) {
        Frame frame = (Frame) record;
        if (frame.getPayload() != null && (camera.isEmpty() || frame.getCamera().equals(camera))) {
            try {
                spread.add(frame.getPayload());
            } catch (IOException e) {
                failed.add(e);
            }
        }
    }

    /** Keeps every so manieth frame, ever more sparsely, so that at no time more than twice as many as asked for are there. */
    private static final class Spread {
        private final int most;
        private final Path folder;
        private final List<Path> kept = new ArrayList<>();
        private long seen;
        private int stride = 1;

        Spread(int most, Path folder) {
            this.most = most;
            this.folder = folder;
        }

        void add(ByteBuffer payload) throws IOException {
            if (seen++ % stride != 0) {
                return;
            }
            byte[] bytes = new byte[payload.remaining()];
            payload.duplicate().get(bytes);
            kept.add(Files.write(folder.resolve(String.format("%012d.jpg", seen)), bytes));
            if (kept.size() == 2 * most) {
                for (int i = kept.size() - 1; i > 0; i -= 2) {
                    Files.delete(kept.remove(i));
                }
                stride *= 2;
            }
        }

        int kept() throws IOException {
            for (int extra = kept.size() - most; extra > 0; extra--) {
                Files.delete(kept.remove((int) ((long) extra * kept.size() / (extra + 1L)) % kept.size()));
            }
            return kept.size();
        }
    }
}
