package dev.framewise.benchmarks.batch;

import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.Topic;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.JpegHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Cameras that send encoded pictures to Kafka, each at its pace, their moments spread evenly over the frame interval as those of
 * cameras are that nobody has synchronized. One thread.
 */
final class PacedCameras implements AutoCloseable {
    private static final String DEVICE = "bench-board";

    private final KafkaProducer<byte[], byte[]> producer;
    private final RecordCodec<Frame> codec = new RecordCodec<>(Frame.class);
    private final List<byte[]> jpegs;
    private final int width;
    private final int height;
    private final long bootEpoch = nowMicros();
    private final Map<String, Long> sequences = new HashMap<>();

    /**
     * What was sent.
     *
     * @param fromMicros before the first frame, microseconds since 1970
     * @param toMicros after the last
     */
    record Span(long fromMicros, long toMicros) {
        boolean holds(long micros) {
            return micros >= fromMicros && micros <= toMicros;
        }
    }

    /** @param jpegs pictures of one size, sent over and over */
    PacedCameras(String bootstrapServers, List<byte[]> jpegs) throws ImageFormatException {
        JpegHeader header = JpegHeader.parse(jpegs.get(0), JpegHeader.DEFAULT_MAX_PIXELS);
        this.jpegs = jpegs;
        this.width = header.width();
        this.height = header.height();
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends as many frames a second as are asked for, taking turns, and returns when Kafka has them all. */
    Span send(int cameras, double framesPerSecond, Duration length) throws InterruptedException, ExecutionException {
        long frames = Math.round(framesPerSecond * length.toNanos() / 1e9);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        long startNanos = System.nanoTime();
        long fromMicros = nowMicros();
        for (long i = 0; i < frames; i++) {
            long due = startNanos + Math.round(i * 1e9 / framesPerSecond);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
                if (Thread.interrupted()) {
                    throw new InterruptedException("while " + cameras + " cameras were sending");
                }
            }
            sent.add(producer.send(record("bench-" + cameras + "-" + i % cameras)));
        }
        long toMicros = nowMicros();
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
        return new Span(fromMicros, toMicros);
    }

    private ProducerRecord<byte[], byte[]> record(String camera) {
        long sequence = sequences.merge(camera, /* value= */ 1L, Long::sum) - 1;
        Frame frame = Frame.newBuilder()
                .setDevice(DEVICE)
                .setCamera(camera)
                .setBootEpoch(bootEpoch)
                .setSequence(sequence)
                .setCapturedAtMicros(nowMicros())
                .setCodec("jpeg")
                .setWidth(width)
                .setHeight(height)
                .setPayload(ByteBuffer.wrap(jpegs.get((int) (sequence % jpegs.size()))))
                .setDisposition(Disposition.SENT)
                .build();
        return new ProducerRecord<>(
                Topic.FRAMES.topicName(), camera.getBytes(StandardCharsets.UTF_8), codec.encode(frame));
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    @Override
    public void close() {
        producer.close();
    }
}
