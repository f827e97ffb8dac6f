package dev.framewise.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.framewise.schemas.RecordFormatException.Problem;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordCodecTest {
    private final RecordCodec<Frame> codec = new RecordCodec<>(Frame.class);

    @Test
    void aRecordComesBackAsItWas() throws RecordFormatException {
        Frame frame = frame();
        assertThat(codec.decode(codec.encode(frame))).isEqualTo(frame);
    }

    @Test
    void noBytesAreEmpty() {
        assertThat(problem(null)).isEqualTo(Problem.EMPTY);
        assertThat(problem(new byte[0])).isEqualTo(Problem.EMPTY);
    }

    @Test
    void otherMarkersAreNoRecord() {
        assertThat(problem("{\"camera\":\"door\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(Problem.NOT_A_RECORD);
        assertThat(problem(new byte[] {(byte) 0xC3, 0x01})).isEqualTo(Problem.NOT_A_RECORD);
    }

    @Test
    void aRecordOfAnotherTypeIsOfUnknownSchema() {
        byte[] directive = new RecordCodec<>(Directive.class)
                .encode(new Directive("pi-1", 0L, 1L, 1.0, 1, "cool", null, null, null, null));
        assertThat(problem(directive)).isEqualTo(Problem.UNKNOWN_SCHEMA);
    }

    @Test
    void everyTruncationIsFound() {
        byte[] whole = codec.encode(frame());
        for (int length = 10; length < whole.length; length++) {
            assertThat(problem(Arrays.copyOf(whole, length)))
                    .as("cut to %d of %d bytes", length, whole.length)
                    .isEqualTo(Problem.TRUNCATED);
        }
    }

    @Test
    void trailingBytesAreFound() {
        byte[] whole = codec.encode(frame());
        assertThat(problem(Arrays.copyOf(whole, whole.length + 1))).isEqualTo(Problem.TRAILING_BYTES);
    }

    @Test
    void aLengthOfTwoGigabytesIsRefusedBeforeMemoryIsTaken() {
        byte[] header = Arrays.copyOf(codec.encode(frame()), 10);
        ByteBuffer bytes = ByteBuffer.allocate(16).put(header).put(new byte[] {-2, -1, -1, -1, 15, 0});
        assertThat(problem(bytes.array())).isIn(Problem.CORRUPT, Problem.TRUNCATED);
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void garbageIsAlwaysATypedError(Topic topic) {
        fuzz(new RecordCodec<>(topic.record()));
    }

    private static <T extends org.apache.avro.specific.SpecificRecord> void fuzz(RecordCodec<T> codec) {
        Random random = new Random(/* seed= */ 7);
        long fingerprint = org.apache.avro.SchemaNormalization.parsingFingerprint64(
                org.apache.avro.specific.SpecificData.get().getSchema(codec.type()));
        int refused = 0;
        for (int round = 0; round < 3_000; round++) {
            byte[] body = new byte[random.nextInt(200)];
            random.nextBytes(body);
            byte[] bytes = ByteBuffer.allocate(10 + body.length)
                    .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                    .put((byte) 0xC3)
                    .put((byte) 1)
                    .putLong(fingerprint)
                    .put(body)
                    .array();
            try {
                assertThat(codec.decode(bytes)).isNotNull();
            } catch (RecordFormatException e) {
                assertThat(e.problem()).isIn(Problem.CORRUPT, Problem.TRUNCATED, Problem.TRAILING_BYTES);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(2_900);
    }

    private Problem problem(byte[] bytes) {
        RecordFormatException e = catchThrowableOfType(RecordFormatException.class, () -> codec.decode(bytes));
        assertThat(e).as("an error").isNotNull();
        assertThat(e.getMessage()).startsWith("Frame: ");
        return e.problem();
    }

    private static Frame frame() {
        return Frame.newBuilder()
                .setDevice("pi-1")
                .setCamera("door")
                .setBootEpoch(1_000)
                .setSequence(7)
                .setCapturedAtMicros(2_000)
                .setCodec("jpeg")
                .setWidth(768)
                .setHeight(576)
                .setPayload(ByteBuffer.wrap(new byte[] {(byte) 0xFF, (byte) 0xD8}))
                .setDisposition(Disposition.SENT)
                .build();
    }
}
