package dev.framewise.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.gateway.TestingClock;
import dev.framewise.gateway.publish.OutRecord;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outages at speed: the clock is the test's, Kafka is a switch. */
class StoreAndForwardTest {
    private static final int PICTURE = 2_000;
    private static final RecordCodec<Frame> FRAMES = new RecordCodec<>(Frame.class);

    @TempDir
    Path directory;

    private final TestingClock time = new TestingClock();
    private final List<OutRecord> arrived = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whileKafkaIsThereNothingIsWritten() {
        TestingGateway gateway = gateway(OutboxSettings.defaults());
        gateway.setKafka(true);
        gateway.run(Duration.ofSeconds(1));
        long before = gateway.outbox.stats().transactions();

        film(gateway, Duration.ofMinutes(2));

        assertThat(gateway.outbox.stats().transactions() - before)
                .as("transactions in two minutes, for the device's own log only")
                .isLessThanOrEqualTo(5);
        gateway.outbox.close();
        assertThat(TestingReader.of(arrived).frames.values())
                .allSatisfy(frames -> assertThat(frames.values()).noneMatch(Frame::getReplayed));
    }

    @Test
    void tenMinutesAwayAndTwoKillsLoseNothingUnaccountedFor() {
        TestingGateway first = gateway(OutboxSettings.defaults());
        first.setKafka(true);
        film(first, Duration.ofSeconds(20));
        first.setKafka(false);
        film(first, Duration.ofMinutes(4));
        // kill -9: frames of less than a second are in memory only
        takeOne(first);
        time.advance(Duration.ofSeconds(10));
        TestingGateway second = gateway(OutboxSettings.defaults());
        film(second, Duration.ofMinutes(4));
        takeOne(second);
        time.advance(Duration.ofSeconds(10));
        TestingGateway third = gateway(OutboxSettings.defaults());
        film(third, Duration.ofMinutes(2));
        third.setKafka(true);
        film(third, Duration.ofMinutes(5));
        third.run(Duration.ofMinutes(1));
        third.tellLedger();
        third.run(Duration.ofSeconds(2));

        assertThat(third.outbox.stats().records()).isZero();
        assertThat(third.outbox.stats().evictedFrames()).isZero();
        TestingReader reader = TestingReader.of(arrived);
        assertThat(reader.frames).hasSize(6);
        reader.provesThatNothingIsMissing();
        assertThat(reader.count(Disposition.EVICTED)).as("died in memory").isBetween(1L, 100L);
        assertThat(List.of(first.bootEpoch, second.bootEpoch, third.bootEpoch)).isSorted();
        third.outbox.close();
    }

    @Test
    void liveFramesGoFirstAndTheBacklogGoesOldestFirst() {
        TestingGateway gateway = gateway(OutboxSettings.defaults());
        film(gateway, Duration.ofMinutes(1));
        arrived.clear();

        gateway.setKafka(true);
        film(gateway, Duration.ofSeconds(5));

        List<Frame> frames = new ArrayList<>();
        arrived.stream()
                .filter(record -> record.topic() == Topic.FRAMES && record.key().equals("gate"))
                .forEach(record -> frames.add(decode(record)));
        assertThat(frames).filteredOn(frame -> !frame.getReplayed()).hasSizeGreaterThanOrEqualTo(70);
        assertThat(frames).filteredOn(Frame::getReplayed).hasSizeGreaterThan(100);
        assertThat(frames)
                .filteredOn(Frame::getReplayed)
                .extracting(Frame::getSequence)
                .isSorted();
        assertThat(frames)
                .filteredOn(frame -> !frame.getReplayed())
                .extracting(Frame::getSequence)
                .isSorted();
        gateway.outbox.close();
    }

    @Test
    void theBacklogWaitsForItsOwnConnectionAndDisturbsNobodyMeanwhile() {
        TestingGateway gateway = gateway(OutboxSettings.defaults());
        film(gateway, Duration.ofSeconds(20));
        arrived.clear();

        gateway.live.setUp(true);
        film(gateway, Duration.ofSeconds(5));

        assertThat(arrived)
                .hasSizeGreaterThanOrEqualTo(140)
                .allSatisfy(record -> assertThat(decode(record).getReplayed()).isFalse());
        assertThat(gateway.outbox.stats().linked()).isTrue();
        gateway.replay.setUp(true);
        gateway.run(Duration.ofSeconds(1));
        assertThat(replayedOf("gate")).hasSizeGreaterThan(10).isSorted();
        gateway.outbox.close();
    }

    @Test
    void theBacklogKeepsItsOrderWhenKafkaGoesWhileItIsSent() {
        TestingGateway gateway = gateway(OutboxSettings.defaults());
        film(gateway, Duration.ofSeconds(30));
        gateway.setKafka(true);
        gateway.run(Duration.ofMillis(200));
        gateway.setKafka(false);
        gateway.run(Duration.ofMillis(200));
        int before = replayedOf("gate").size();

        gateway.setKafka(true);
        gateway.run(Duration.ofSeconds(20));

        assertThat(before).isPositive();
        assertThat(gateway.outbox.stats().records()).isZero();
        assertThat(replayedOf("gate")).hasSizeGreaterThan(before).isSorted().doesNotHaveDuplicates();
        gateway.outbox.close();
    }

    @Test
    void theBacklogKeepsItsPace() {
        TestingGateway gateway = gateway(OutboxSettings.defaults().withDrainBytesPerSecond(100_000));
        film(gateway, Duration.ofMinutes(2));
        gateway.setKafka(true);

        gateway.run(Duration.ofSeconds(10));

        long bytes = arrived.stream().mapToLong(OutRecord::bytes).sum();
        assertThat(bytes).isBetween(500_000L, 1_200_000L);
        gateway.outbox.close();
    }

    @Test
    void aRecordWhoseAnswerWasLostComesAgainAndIsKnownByItsNumber() {
        TestingGateway gateway = gateway(OutboxSettings.defaults());
        gateway.setKafka(true);
        gateway.live.loseAnswers(true);
        film(gateway, Duration.ofSeconds(3));
        gateway.live.loseAnswers(false);
        film(gateway, Duration.ofSeconds(30));
        gateway.tellLedger();
        gateway.run(Duration.ofSeconds(2));

        TestingReader reader = TestingReader.of(arrived);
        assertThat(reader.duplicates).isPositive();
        reader.provesThatNothingIsMissing();
        gateway.outbox.close();
    }

    @Test
    void aFullStoreEvictsWhatIsWorthLeastAndTheLedgerSaysSo() {
        TestingGateway gateway = gateway(OutboxSettings.defaults().withMaxBytes(500_000));
        film(gateway, Duration.ofSeconds(20));
        gateway.events.event(EventLog.Kind.CAMERA_BACK, "gate", "a test");
        long nearEvent = gateway.capture("gate", Disposition.SENT, PICTURE);
        film(gateway, Duration.ofMinutes(1));
        assertThat(gateway.outbox.stats().bytes()).isLessThanOrEqualTo(500_000);
        assertThat(gateway.outbox.stats().evictedFrames()).isPositive();
        gateway.setKafka(true);
        gateway.run(Duration.ofMinutes(2));
        gateway.tellLedger();
        gateway.run(Duration.ofSeconds(2));

        TestingReader reader = TestingReader.of(arrived);
        reader.provesThatNothingIsMissing();
        assertThat(reader.count(Disposition.EVICTED)).isGreaterThan(500);
        assertThat(reader.frames
                        .get(new TestingReader.Run("gate", gateway.bootEpoch))
                        .get(nearEvent)
                        .getDisposition())
                .as("a picture near an event outlives younger ones")
                .isEqualTo(Disposition.SENT);
        gateway.outbox.close();
    }

    @Test
    void aFullDiskCostsPicturesAndNoNumbers() {
        TestingGateway gateway = gateway(OutboxSettings.defaults());
        film(gateway, Duration.ofSeconds(10));
        gateway.outbox.limitPages(100);
        film(gateway, Duration.ofMinutes(5));
        assertThat(gateway.outbox.stats().working()).isFalse();
        assertThat(gateway.events.counts()).containsKey(EventLog.Kind.OUTBOX_FAILING);
        gateway.outbox.limitPages(1_000_000);
        film(gateway, Duration.ofSeconds(10));
        assertThat(gateway.outbox.stats().working()).isTrue();
        gateway.setKafka(true);
        gateway.run(Duration.ofMinutes(2));
        gateway.tellLedger();
        gateway.run(Duration.ofSeconds(2));

        TestingReader.of(arrived).provesThatNothingIsMissing();
        gateway.outbox.close();
    }

    @Test
    void aDiskThatIsSmallerThanTheOutboxKeepsItsReserveAndPicturesGoByTheirWorth() {
        TestingGateway gateway = gateway(OutboxSettings.defaults());
        long room = 2_000_000;
        gateway.outbox.setFreeBytes(() -> Contents.RESERVE + room - sizeOf("outbox.db"));
        film(gateway, Duration.ofMinutes(2));

        assertThat(gateway.outbox.stats().working()).isTrue();
        assertThat(gateway.events.counts())
                .containsKey(EventLog.Kind.OUTBOX_FULL)
                .doesNotContainKey(EventLog.Kind.OUTBOX_FAILING);
        assertThat(gateway.outbox.stats().bytes()).isBetween(room / 3, room);
        assertThat(sizeOf("outbox.db")).as("what it had to leave free").isLessThan(2 * room);
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
        TestingGateway first = gateway(OutboxSettings.defaults());
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
        TestingGateway gateway = gateway(OutboxSettings.defaults());
        film(gateway, Duration.ofSeconds(30));
        scribble(directory.resolve("outbox.db"));
        scribble(directory.resolve("outbox.db-wal"));
        film(gateway, Duration.ofSeconds(30));
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
        TestingGateway first = gateway(OutboxSettings.defaults());
        first.setKafka(true);
        film(first, Duration.ofSeconds(10));
        first.setKafka(false);
        film(first, Duration.ofSeconds(30));
        scribble(directory.resolve("outbox.db"));
        Files.deleteIfExists(directory.resolve("outbox.db-wal"));
        TestingGateway second = gateway(OutboxSettings.defaults());
        second.setKafka(true);
        film(second, Duration.ofMinutes(1));
        second.tellLedger();
        second.run(Duration.ofSeconds(3));

        TestingReader reader = TestingReader.of(arrived);
        reader.provesThatNothingIsMissing();
        assertThat(reader.count(Disposition.EVICTED)).isGreaterThan(500);
        assertThat(second.events.counts()).containsKey(EventLog.Kind.OUTBOX_CORRUPT);
        assertThat(setAside()).hasSize(1);
        second.outbox.close();
    }

    @Test
    void aRecordThatKafkaWillNeverTakeIsEvictedAndHoldsNothingUp() {
        TestingGateway gateway = gateway(OutboxSettings.defaults());
        gateway.setKafka(true);
        gateway.live.refuse(record -> record.value().length > 5_000);
        gateway.capture("gate", Disposition.SENT, 6_000);
        gateway.setKafka(false);
        gateway.capture("gate", Disposition.SENT, PICTURE);
        gateway.capture("gate", Disposition.SENT, 6_000);
        gateway.run(Duration.ofSeconds(2));
        gateway.replay.refuse(record -> record.value().length > 5_000);
        gateway.setKafka(true);
        gateway.run(Duration.ofSeconds(10));
        gateway.tellLedger();
        gateway.run(Duration.ofSeconds(2));

        TestingReader reader = TestingReader.of(arrived);
        reader.provesThatNothingIsMissing();
        assertThat(reader.count(Disposition.EVICTED)).isEqualTo(2);
        gateway.outbox.close();
    }

    @Test
    void aClockThatJumpsAnHourEachWayLosesNothingAndTheEpochRises() {
        TestingGateway first = gateway(OutboxSettings.defaults());
        film(first, Duration.ofSeconds(5));
        time.setWall(time.instant().plus(Duration.ofHours(1)));
        film(first, Duration.ofSeconds(5));
        first.tellLedger();
        first.outbox.close();
        time.setWall(Instant.EPOCH.plusSeconds(10));
        TestingGateway second = gateway(OutboxSettings.defaults());
        film(second, Duration.ofSeconds(5));
        second.setKafka(true);
        second.run(Duration.ofSeconds(30));
        second.tellLedger();
        second.run(Duration.ofSeconds(2));

        assertThat(second.bootEpoch).isGreaterThan(first.bootEpoch);
        TestingReader reader = TestingReader.of(arrived);
        assertThat(reader.frames).hasSize(4);
        reader.provesThatNothingIsMissing();
        second.outbox.close();
    }

    @Test
    void oldRecordsLoseTheirPicturesByTheTimeTheGatewayRanNotByTheClock() {
        OutboxSettings defaults = OutboxSettings.defaults();
        OutboxSettings short1 = new OutboxSettings(
                defaults.maxBytes(),
                Duration.ofMinutes(1),
                defaults.commitInterval(),
                defaults.memoryBytes(),
                defaults.drainBytesPerSecond(),
                defaults.logDays());
        TestingGateway gateway = gateway(short1);
        film(gateway, Duration.ofSeconds(10));
        time.setWall(time.instant().plus(Duration.ofDays(20_000)));
        film(gateway, Duration.ofSeconds(5));
        assertThat(gateway.outbox.stats().evictedFrames()).isZero();

        film(gateway, Duration.ofSeconds(70));

        assertThat(gateway.outbox.stats().evictedFrames()).isPositive();
        gateway.outbox.close();
    }

    private TestingGateway gateway(OutboxSettings settings) {
        return new TestingGateway(directory, time, arrived, settings, "gate", "yard");
    }

    @Test
    void theDevicesOwnLogIsKeptForItsDaysWhetherOrNotKafkaIsThere() throws Exception {
        TestingGateway gateway = gateway(OutboxSettings.defaults());
        for (int day = 1; day <= 20; day++) {
            gateway.events.event(EventLog.Kind.CAMERA_LOST, "gate", "day " + day);
            gateway.events.telemetry(time.micros(), new byte[] {(byte) day});
            gateway.run(Duration.ofSeconds(2));
            time.advance(Duration.ofDays(1));
        }
        gateway.outbox.close();

        List<String> kept = log("text");
        assertThat(kept).contains("day 20", "day 14").doesNotContain("day 1", "day 12");
        assertThat(log("record"))
                .filteredOn(record -> record != null)
                .hasSameSizeAs(kept.stream()
                        .filter(text -> text != null && text.startsWith("day "))
                        .toList());
    }

    @Test
    void whatTheDevicesLogHadToForgetIsALine() {
        EventLog log = new EventLog(time::micros);
        for (int i = 0; i < EventLog.MAX_LINES + 5; i++) {
            log.note(EventLog.Kind.TRACK_STARTED, "gate", "track " + i);
        }
        List<LogLine> lines = log.takeLines();
        log.putBack(lines, List.of());
        List<LogLine> again = log.takeLines();

        assertThat(lines).hasSize(EventLog.MAX_LINES + 1);
        assertThat(lines.get(0).text()).startsWith("5 lines before this one");
        assertThat(lines.get(1).text()).isEqualTo("track 5");
        assertThat(again.get(again.size() - 1).text()).isEqualTo("track " + (EventLog.MAX_LINES + 4));
    }

    private List<String> log(String column) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("outbox.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + column + " FROM log ORDER BY id")) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    /** Two cameras of about 15 pictures a second, of which one in three is skipped. */
    private void film(TestingGateway gateway, Duration duration) {
        for (long millis = 0, i = 0; millis < duration.toMillis(); millis += 67, i++) {
            for (String camera : gateway.cameras()) {
                gateway.capture(camera, i % 3 == 0 ? Disposition.SKIPPED : Disposition.SENT, PICTURE);
            }
            time.advance(Duration.ofMillis(67));
            gateway.outbox.tick(/* commitNow= */ false);
        }
    }

    private void takeOne(TestingGateway gateway) {
        for (int i = 0; i < 10; i++) {
            gateway.capture("gate", Disposition.SENT, PICTURE);
            gateway.capture("yard", Disposition.SENT, PICTURE);
        }
    }

    /** The sequences of a camera's pictures that came after a wait, as they came. */
    private List<Long> replayedOf(String camera) {
        List<Long> sequences = new ArrayList<>();
        for (OutRecord record : List.copyOf(arrived)) {
            if (record.topic() == Topic.FRAMES && record.key().equals(camera)) {
                Frame frame = decode(record);
                if (frame.getReplayed() && frame.getDisposition() == Disposition.SENT) {
                    sequences.add(frame.getSequence());
                }
            }
        }
        return sequences;
    }

    private List<Path> setAside() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("outbox\\.db\\.corrupt-\\d+"))
                    .toList();
        }
    }

    private static void scribble(Path file) throws Exception {
        byte[] garbage = new byte[(int) Files.size(file)];
        java.util.Arrays.fill(garbage, (byte) 0x5a);
        Files.write(file, garbage, StandardOpenOption.WRITE);
    }

    private static Frame decode(OutRecord record) {
        try {
            return FRAMES.decode(record.value());
        } catch (RecordFormatException e) {
            throw new AssertionError(e);
        }
    }
}
