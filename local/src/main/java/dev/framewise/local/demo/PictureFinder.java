package dev.framewise.local.demo;

import dev.framewise.local.kafka.TopicReader;
import dev.framewise.local.report.AnnotatedPicture;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.Provenance;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Topic;
import dev.framewise.schemas.TrackRow;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Fetches the frame of a track row from the topic frames and draws the row's boxes on it. One thread. */
final class PictureFinder implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Kafka may have dated the record a little before the gateway did. */
    private static final long MARGIN_MILLIS = 2_000;

    private final TopicReader frames;
    private Frame found;

    PictureFinder(String bootstrapServers) {
        frames = new TopicReader(bootstrapServers, List.of(Topic.FRAMES));
    }

    /** The picture; empty if the frame was sent without its pixels or is not kept any more. */
    Optional<AnnotatedPicture> find(TrackRow row) throws RecordFormatException {
        found = null;
        frames.seekToTime(row.getCapturedAtMicros() / 1_000 - MARGIN_MILLIS);
        do {
            frames.poll(POLL, record -> keepIfWanted(record, row));
        } while (found == null && !frames.atEnd());
        return found == null || found.getPayload() == null ? Optional.empty() : Optional.of(draw(row, found));
    }

    @Override
    public void close() {
        frames.close();
    }

    private void keepIfWanted(SpecificRecord record, TrackRow row) {
        Frame frame = (Frame) record;
        if (frame.getCamera().equals(row.getCamera())
                && frame.getBootEpoch() == row.getBootEpoch()
                && frame.getSequence() == row.getSequence()) {
            found = frame;
        }
    }

    private static AnnotatedPicture draw(TrackRow row, Frame frame) {
        ByteBuffer payload = frame.getPayload().duplicate();
        byte[] jpeg = new byte[payload.remaining()];
        payload.get(jpeg);
        return new AnnotatedPicture(
                row.getCamera(),
                row.getSequence(),
                jpeg,
                row.getWidth(),
                row.getHeight(),
                row.getBoxes().stream()
                        .map(box -> new AnnotatedPicture.Box(
                                box.getTrackId(),
                                box.getX(),
                                box.getY(),
                                box.getWidth(),
                                box.getHeight(),
                                box.getProvenance() == Provenance.DETECTED))
                        .toList());
    }
}
