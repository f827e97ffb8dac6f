package dev.framewise.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.gateway.TestingClock;
import dev.framewise.gateway.publish.OutRecord;
import dev.framewise.schemas.Disposition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or small, and databases that are broken: pictures may be lost, numbers may not. */
class OutboxDiskTest {
    @TempDir
    Path directory;

    private final TestingClock time = new TestingClock();
    private final List<OutRecord> arrived = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aFullDiskCostsPicturesAndNoNumbers() {
        TestingGateway gateway = gateway();
        gateway.film(Duration.ofSeconds(10));
        gateway.outbox.limitPages(100);
        gateway.film(Duration.ofMinutes(5));
        assertThat(gateway.outbox.stats().working()).isFalse();
        assertThat(gateway.events.counts()).containsKey(EventLog.Kind.OUTBOX_FAILING);
        gateway.outbox.limitPages(1_000_000);
        gateway.film(Duration.ofSeconds(10));
        assertThat(gateway.outbox.stats().working()).isTrue();
        nothingIsMissing(gateway);
    }

    @Test
    void aDiskThatIsSmallerThanTheOutboxKeepsItsReserveAndPicturesGoByTheirWorth() {
        TestingGateway gateway = gateway();
        long room = 2_000_000;
        gateway.outbox.setFreeBytes(() -> Contents.RESERVE + room - sizeOf("outbox.db"));
        gateway.film(Duration.ofMinutes(2));

        assertThat(gateway.outbox.stats().working()).isTrue();
        assertThat(gateway.events.counts())
                .containsKey(EventLog.Kind.OUTBOX_FULL)
                .doesNotContainKey(EventLog.Kind.OUTBOX_FAILING);
        assertThat(gateway.outbox.stats().bytes()).isBetween(room / 3, room);
        assertThat(sizeOf("outbox.db")).as("what it had to leave free").isLessThan(2 * room);
        nothingIsMissing(gateway);
    }

    /** Kafka is back, and hears of every number. */
    private void nothingIsMissing(TestingGateway gateway) {
        gateway.setKafka(true);
        gateway.run(Duration.ofMinutes(2));
        gateway.tellLedger();
        gateway.run(Duration.ofSeconds(2));
        TestingReader.of(arrived).provesThatNothingIsMissing();
        gateway.outbox.close();
    }

    private long sizeOf(String file) {
        return directory.resolve(file).toFile().length();
    }

    @Test
    void aGatewayStartsOnADiskWithoutRoomForOneMoreFile() throws Exception {
        TestingGateway first = gateway();
        first.outbox.close();
        // what stands in the way of a new file has the same effect as a disk that has no room for it
        Files.createDirectory(directory.resolve("boot-epoch.new"));
        long next = BootEpochs.next(directory, /* nowMicros= */ 1, /* knownMicros= */ 0);
        assertThat(next).isEqualTo(first.bootEpoch + 1);
        assertThat(BootEpochs.lastOf(directory)).isEqualTo(next);

        Journals journals = Journals.open(directory);
        Files.createDirectory(directory.resolve("journal").resolve("gate." + next));
        EpochJournal journal = journals.begin("gate", next);
        journal.capture(/* sequence= */ 0, time.micros(), 640, 480);
        assertThat(journals.of("gate", next).captured()).isEqualTo(1);
    }

    @Test
    void onlyTheLastCorruptDatabaseIsKept() throws Exception {
        for (int i = 1; i <= 3; i++) {
            Files.writeString(directory.resolve("outbox.db"), "garbage " + i);
            OutboxDatabase.setAside(directory, /* nowMillis= */ i);
        }

        assertThat(setAside()).singleElement().satisfies(file -> assertThat(file)
                .hasContent("garbage 3"));
    }

    @Test
    void aCorruptDatabaseIsSetAsideWhileItIsUsed() throws Exception {
        TestingGateway gateway = gateway();
        gateway.film(Duration.ofSeconds(30));
        scribble(directory.resolve("outbox.db"));
        scribble(directory.resolve("outbox.db-wal"));
        gateway.film(Duration.ofSeconds(30));
        gateway.setKafka(true);
        gateway.run(Duration.ofMinutes(2));
        gateway.tellLedger();
        gateway.run(Duration.ofSeconds(2));

        TestingReader reader = TestingReader.of(arrived);
        reader.provesThatNothingIsMissing();
        assertThat(gateway.events.counts()).containsKey(EventLog.Kind.OUTBOX_CORRUPT);
        assertThat(setAside()).hasSize(1);
        gateway.outbox.close();
    }

    @Test
    void aDatabaseThatIsCorruptAtTheStartIsSetAside() throws Exception {
        TestingGateway first = gateway();
        first.setKafka(true);
        first.film(Duration.ofSeconds(10));
        first.setKafka(false);
        first.film(Duration.ofSeconds(30));
        scribble(directory.resolve("outbox.db"));
        Files.deleteIfExists(directory.resolve("outbox.db-wal"));
        TestingGateway second = gateway();
        second.setKafka(true);
        second.film(Duration.ofMinutes(1));
        second.tellLedger();
        second.run(Duration.ofSeconds(3));

        TestingReader reader = TestingReader.of(arrived);
        reader.provesThatNothingIsMissing();
        assertThat(reader.count(Disposition.EVICTED)).isGreaterThan(500);
        assertThat(second.events.counts()).containsKey(EventLog.Kind.OUTBOX_CORRUPT);
        assertThat(setAside()).hasSize(1);
        second.outbox.close();
    }

    private List<Path> setAside() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("outbox\\.db\\.corrupt-\\d+"))
                    .toList();
        }
    }

    private static void scribble(Path file) throws Exception {
        byte[] garbage = new byte[(int) Files.size(file)];
        Arrays.fill(garbage, (byte) 0x5a);
        Files.write(file, garbage, StandardOpenOption.WRITE);
    }

    private TestingGateway gateway() {
        return new TestingGateway(directory, time, arrived, OutboxSettings.defaults(), "gate", "yard");
    }
}
