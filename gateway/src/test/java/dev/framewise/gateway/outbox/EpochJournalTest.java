package dev.framewise.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochJournalTest {
    private static final long START = 1_700_000_000_000_000L;
    private static final long PICTURE = 66_667;
    private static final long HOUR = 3_600_000_000L;
    private static final int PICTURES = 20_000;
    private static final int PAUSE_AT = 15_000;
    /** Between two pictures whose times are known. */
    private static final long NEAR = 256 * PICTURE;

    @TempDir
    Path directory;

    @Test
    void aCameraThatPausedForAnHourHasNoPictureOfThatHour() throws Exception {
        film(EpochJournal.create(file(), "gate", START), PICTURES);
        EpochJournal journal = EpochJournal.open(file(), "gate");

        for (int sequence = 0; sequence < PICTURES; sequence++) {
            boolean isBesideThePause = Math.abs(sequence - PAUSE_AT) < 256;
            if (!isBesideThePause) {
                assertThat(journal.microsOf(sequence))
                        .as("picture %d", sequence)
                        .isBetween(micros(sequence) - NEAR, micros(sequence) + NEAR);
            }
        }
        timesRise(journal, PICTURES);
    }

    @Test
    void theLastPicturesAreKnownExactly() {
        EpochJournal journal = film(EpochJournal.inMemory("gate", START), PICTURES);

        for (int sequence = PICTURES - 255; sequence < PICTURES; sequence++) {
            assertThat(journal.microsOf(sequence)).isEqualTo(micros(sequence));
        }
        assertThat(journal.microsOf(PICTURES)).as("not taken yet").isEqualTo(micros(PICTURES - 1));
    }

    @Test
    void whatIsOlderThanTheMarksIsSpreadFromTheFirstPictureOn() {
        EpochJournal journal = film(EpochJournal.inMemory("gate", START), 5 * PICTURES);

        assertThat(journal.microsOf(0)).isEqualTo(START);
        timesRise(journal, 5 * PICTURES);
    }

    @Test
    void aJournalOfAGatewayThatWroteNoMarksIsRead() throws Exception {
        film(EpochJournal.create(file(), "gate", START), PICTURES);
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1024), /* position= */ 3072);
        }
        EpochJournal journal = EpochJournal.open(file(), "gate");

        assertThat(journal.microsOf(0)).isEqualTo(START);
        assertThat(journal.microsOf(PICTURES - 1)).isEqualTo(micros(PICTURES - 1));
        timesRise(journal, PICTURES);
    }

    private Path file() {
        return directory.resolve("gate.1");
    }

    private static EpochJournal film(EpochJournal journal, int pictures) {
        for (int sequence = 0; sequence < pictures; sequence++) {
            journal.capture(sequence, micros(sequence), 640, 480);
        }
        return journal;
    }

    private static long micros(long sequence) {
        return START + sequence * PICTURE + (sequence < PAUSE_AT ? 0 : HOUR);
    }

    private static void timesRise(EpochJournal journal, int pictures) {
        long before = START;
        for (int sequence = 0; sequence < pictures; sequence++) {
            long micros = journal.microsOf(sequence);
            assertThat(micros).as("picture %d", sequence).isGreaterThanOrEqualTo(before);
            before = micros;
        }
    }
}
