package dev.framewise.e2e.perception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.Directive;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.LedgerWindow;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.Topic;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.JpegEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be wrong with a record, in one run of the job: each ends in its named fate and nothing is lost. */
class BadInputIT {
    private static final long START_MICROS = 1_767_225_600_000_000L;
    private static final byte[] GARBAGE = "GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER_SCHEMA = new RecordCodec<>(Directive.class)
            .encode(new Directive("pi-door", 0L, 1L, 1.0, 1, "not a frame", null, null, null, null));

    @TempDir
    static Path directory;

    /** A sequence that comes seconds behind its successors; 7, which comes a tenth of a second behind 8, is put in order. */
    private static final int LATE = 16;

    private static final RecordCodec<Frame> CODEC = new RecordCodec<>(Frame.class);
    private static final List<ProducerRecord<byte[], byte[]>> RECORDS = new ArrayList<>();
    private static byte[] jpeg;
    private static PipelineUnderTest pipeline;

    @BeforeAll
    static void sendEverythingThatCanBeWrong() throws Exception {
        jpeg = picture();
        yard(0);
        yard(1);
        door(frame("door", 0));
        door(frame("door", 1).setPayload(ByteBuffer.wrap(Arrays.copyOf(jpeg, jpeg.length / 2))));
        door(frame("door", 2).setWidth(0).setHeight(0));
        door(frame("door", 3).setPayload(ByteBuffer.wrap(withSize(20_000, 20_000))));
        door(frame("door", 4).setCodec("h266"));
        door(frame("door", 5).setCapturedAtMicros(START_MICROS - 3_600_000_000L));
        door(frame("door", 6));
        door(frame("door", 6));
        door(frame("door", 8));
        door(frame("door", 7));
        raw("door", GARBAGE);
        raw("door", OTHER_SCHEMA);
        raw("door", null);
        raw("door", CODEC.encode(frame("window", 12).build()));
        raw(null, GARBAGE);
        for (int sequence = 13; sequence < 60; sequence++) {
            // A frame a second: the yard has vanished, the door goes on for 47 seconds.
            if (sequence != LATE) {
                door(skipped(sequence));
            }
            if (sequence == LATE + 4) {
                door(skipped(LATE));
            }
        }
        pipeline = new PipelineUnderTest(directory, /* slots= */ 1);
        pipeline.publish(RECORDS);
        pipeline.replay(pipeline.options("bad-input"), /* parallelism= */ 1);
    }

    @AfterAll
    static void close() throws Exception {
        pipeline.close();
    }

    @Test
    void everyRecordMeetsItsFate() throws Exception {
        assertThat(fates("door"))
                .isEqualTo(Map.of(
                        Fate.INFERRED.name(), 5L,
                        Fate.PREDICTED.name(), 46L,
                        Fate.DEAD_LETTERED.name(), 8L,
                        Fate.DUPLICATE.name(), 1L,
                        Fate.LATE.name(), 1L));
        assertThat(fates("yard")).isEqualTo(Map.of(Fate.INFERRED.name(), 2L));
    }

    @Test
    void theFatesAddUpToWhatWasCaptured() throws Exception {
        for (String camera : List.of("door", "yard")) {
            long captured = windows(camera).stream()
                    .mapToLong(LedgerWindow::getCaptured)
                    .sum();
            long ended = fates(camera).entrySet().stream()
                    .filter(fate -> !fate.getKey().equals(Fate.DUPLICATE.name()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            assertThat(ended).as(camera).isEqualTo(captured);
        }
    }

    @Test
    void deadLettersHoldTheBytesAndTheReason() throws Exception {
        List<DeadLetter> letters = pipeline.read(Topic.DEAD_LETTERS, DeadLetter.class);
        assertThat(letters)
                .extracting(DeadLetter::getProblem)
                .containsExactlyInAnyOrder(
                        "TRUNCATED",
                        "ZERO_SIZE",
                        "TOO_LARGE",
                        "UNKNOWN_CODEC",
                        "NOT_A_RECORD",
                        "UNKNOWN_SCHEMA",
                        "EMPTY",
                        "KEY_MISMATCH",
                        "NOT_A_RECORD");
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.getTopic()).isEqualTo("frames");
            assertThat(letter.getReason()).isNotBlank();
        });
        assertThat(letters)
                .filteredOn(letter -> letter.getProblem().equals("UNKNOWN_SCHEMA"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(OTHER_SCHEMA)));
    }

    @Test
    void aClockThatJumpsBackwardsLosesNoFrameAndTheRowSaysWhatTheDeviceSaid() throws Exception {
        assertThat(rows("door"))
                .filteredOn(row -> row.getSequence() == 5)
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.getFate()).isEqualTo(Fate.INFERRED);
                    assertThat(row.getCapturedAtMicros()).isLessThan(START_MICROS);
                });
    }

    @Test
    void eachSequenceHasAtMostOneRowInOrder() throws Exception {
        assertThat(rows("door").stream()
                        .filter(row -> row.getKind() == RowKind.FRAME)
                        .map(TrackRow::getSequence)
                        .toList())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void aCameraThatVanishesIsClosedOnce() throws Exception {
        assertThat(rows("yard"))
                .extracting(TrackRow::getKind)
                .containsExactly(RowKind.FRAME, RowKind.FRAME, RowKind.CLOSING);
    }

    private static List<TrackRow> rows(String camera) throws Exception {
        return pipeline.read(Topic.TRACKS, TrackRow.class).stream()
                .filter(row -> row.getCamera().equals(camera))
                .toList();
    }

    private static List<LedgerWindow> windows(String camera) throws Exception {
        return pipeline.read(Topic.LEDGER, LedgerWindow.class).stream()
                .filter(window -> window.getCamera().equals(camera))
                .toList();
    }

    private static Map<String, Long> fates(String camera) throws Exception {
        Map<String, Long> fates = new HashMap<>();
        for (LedgerWindow window : windows(camera)) {
            window.getFates().forEach((fate, count) -> fates.merge(fate, count, Long::sum));
        }
        return fates;
    }

    private static void yard(long sequence) {
        RECORDS.add(record("yard", CODEC.encode(frame("yard", sequence).build())));
    }

    private static void door(Frame.Builder frame) {
        RECORDS.add(record("door", CODEC.encode(frame.build())));
    }

    private static void raw(String key, byte[] value) {
        RECORDS.add(record(key, value));
    }

    /** All into one partition: the order is then the one in which they are written here. */
    private static ProducerRecord<byte[], byte[]> record(String key, byte[] value) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(Topic.FRAMES.topicName(), /* partition= */ 0, keyBytes, value);
    }

    private static Frame.Builder skipped(int sequence) {
        return frame("door", sequence)
                .setCapturedAtMicros(START_MICROS + sequence * 1_000_000L)
                .setDisposition(Disposition.SKIPPED)
                .setCodec("none")
                .setPayload(null);
    }

    private static Frame.Builder frame(String camera, long sequence) {
        return Frame.newBuilder()
                .setDevice("pi-" + camera)
                .setCamera(camera)
                .setBootEpoch(START_MICROS)
                .setSequence(sequence)
                .setCapturedAtMicros(START_MICROS + sequence * 100_000)
                .setCodec("jpeg")
                .setWidth(320)
                .setHeight(240)
                .setPayload(ByteBuffer.wrap(jpeg))
                .setDisposition(Disposition.SENT);
    }

    private static byte[] picture() throws Exception {
        BgrImage image = new BgrImage(320, 240);
        ByteBuffer pixels = image.buffer();
        for (int i = 0; i < pixels.capacity(); i++) {
            pixels.put(i, (byte) (i / 7));
        }
        try (JpegEncoder encoder = new JpegEncoder(/* quality= */ 90)) {
            return encoder.encode(image);
        }
    }

    /** The picture with another size in its start-of-frame header. */
    private static byte[] withSize(int width, int height) {
        ByteBuffer patched = ByteBuffer.wrap(jpeg.clone());
        for (int i = 2; i + 9 < patched.capacity(); i += 2 + Short.toUnsignedInt(patched.getShort(i + 2))) {
            int marker = Byte.toUnsignedInt(patched.get(i + 1));
            if (marker == 0xC0 || marker == 0xC2) {
                return patched.putShort(i + 5, (short) height)
                        .putShort(i + 7, (short) width)
                        .array();
            }
        }
        throw new IllegalStateException("the encoder wrote no start of frame");
    }
}
