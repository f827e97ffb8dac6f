package dev.framewise.e2e.benchmark;

import dev.framewise.schemas.Fate;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.PowerSource;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.Telemetry;
import dev.framewise.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Boards whose every figure is known beforehand, each alone in its partition. Their event time crosses the New Year, so that
 * date and hour of the Parquet partitions change.
 */
final class TestingFleet implements AutoCloseable {
    static final Duration WINDOW = Duration.ofSeconds(10);
    static final Board COOL = new Board("gate-1", /* partition= */ 0, "fp32", /* fps= */ 5, /* celsius= */ 60, 4.0);
    static final Board HOT = new Board("gate-2", /* partition= */ 1, "int8", /* fps= */ 10, /* celsius= */ 82, null);
    static final List<Board> BOARDS = List.of(COOL, HOT);

    private static final Instant START = Instant.parse("2025-12-31T23:59:00Z");

    /** Latencies of every ten frames in turn are 10, 20 to 100 ms. */
    private static final int LATENCY_STEP_MICROS = 10_000;

    /**
     * @param watts measured; null for a board without a meter
     */
    record Board(String name, int partition, String precision, int fps, double celsius, Double watts) {
        long framesPerWindow() {
            return fps * WINDOW.toSeconds();
        }
    }

    private final RecordCodec<InferenceSample> samples = new RecordCodec<>(InferenceSample.class);
    private final RecordCodec<Telemetry> telemetry = new RecordCodec<>(Telemetry.class);
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> pending = new ArrayList<>();

    TestingFleet(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Start of a window, microseconds since 1970; window 0 is the first. */
    static long startMicros(int window) {
        return START.plus(WINDOW.multipliedBy(window)).toEpochMilli() * 1_000;
    }

    /**
     * Sends what all boards have to say from one window, inclusive, to another, exclusive, and waits until Kafka has it. The
     * last window is still open then.
     */
    void send(int from, int to) throws ExecutionException, InterruptedException {
        for (int window = from; window < to; window++) {
            for (Board board : BOARDS) {
                send(board, window);
            }
        }
        awaitSent();
    }

    /** Closes the windows before this one, by a first frame and reading of it. */
    void close(int window) throws ExecutionException, InterruptedException {
        for (Board board : BOARDS) {
            sendFrame(board, window, /* frame= */ 0);
            sendReading(board, window, /* second= */ 0);
        }
        awaitSent();
    }

    private void send(Board board, int window) {
        for (int frame = 0; frame < board.framesPerWindow(); frame++) {
            sendFrame(board, window, frame);
        }
        for (int second = 0; second < WINDOW.toSeconds(); second++) {
            sendReading(board, window, second);
        }
    }

    private void sendFrame(Board board, int window, int frame) {
        long sequence = window * board.framesPerWindow() + frame;
        InferenceSample sample = InferenceSample.newBuilder()
                .setDevice(board.name())
                .setCamera(board.name() + "/north")
                .setBootEpoch(startMicros(0))
                .setSequence(sequence)
                .setCapturedAtMicros(startMicros(window) + frame * 1_000_000L / board.fps())
                .setFate(frame % 2 == 0 ? Fate.INFERRED : Fate.PREDICTED)
                .setModel("yolox-nano-416")
                .setPrecision(board.precision())
                .setProvider("cpu")
                .setBatchSize(1)
                .setDecodeMicros(1)
                .setLetterboxMicros(1)
                .setWaitMicros(1)
                .setInferenceMicros(1)
                .setPostprocessMicros(1)
                .setTrackMicros(1)
                .setLatencyMicros((frame % 10 + 1L) * LATENCY_STEP_MICROS)
                .build();
        send(Topic.SAMPLES, board, samples.encode(sample));
    }

    private void sendReading(Board board, int window, int second) {
        Telemetry reading = Telemetry.newBuilder()
                .setDevice(board.name())
                .setProfile("simulated-pi5")
                .setBootEpoch(startMicros(0))
                .setMeasuredAtMicros(startMicros(window) + second * 1_000_000L)
                .setSocCelsius(board.celsius())
                .setPowerWatts(board.watts())
                .setPowerSource(board.watts() == null ? PowerSource.ABSENT : PowerSource.MEASURED)
                .setFpsCaptured(board.fps())
                .setFpsSent(board.fps())
                .build();
        send(Topic.TELEMETRY, board, telemetry.encode(reading));
    }

    private void send(Topic topic, Board board, byte[] value) {
        byte[] key = board.name().getBytes(StandardCharsets.UTF_8);
        pending.add(producer.send(new ProducerRecord<>(topic.topicName(), board.partition(), key, value)));
    }

    private void awaitSent() throws ExecutionException, InterruptedException {
        producer.flush();
        for (Future<RecordMetadata> record : pending) {
            record.get();
        }
        pending.clear();
    }

    @Override
    public void close() {
        producer.close();
    }
}
