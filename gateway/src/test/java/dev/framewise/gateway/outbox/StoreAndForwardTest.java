package dev.framewise.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.gateway.TestingClock;
import dev.framewise.gateway.publish.OutRecord;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outages at speed: the clock is the test's, Kafka is a switch. */
class StoreAndForwardTest {
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

        gateway.film(Duration.ofMinutes(2));

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
        first.film(Duration.ofSeconds(20));
        first.setKafka(false);
        first.film(Duration.ofMinutes(4));
        // kill -9: frames of less than a second are in memory only
        first.takeTen();
        time.advance(Duration.ofSeconds(10));
        TestingGateway second = gateway(OutboxSettings.defaults());
        second.film(Duration.ofMinutes(4));
        second.takeTen();
        time.advance(Duration.ofSeconds(10));
        TestingGateway third = gateway(OutboxSettings.defaults());
        third.film(Duration.ofMinutes(2));
        third.setKafka(true);
        third.film(Duration.ofMinutes(5));
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
        gateway.film(Duration.ofMinutes(1));
        arrived.clear();

        gateway.setKafka(true);
        gateway.film(Duration.ofSeconds(5));

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
        gateway.film(Duration.ofSeconds(20));
        arrived.clear();

        gateway.live.setUp(true);
        gateway.film(Duration.ofSeconds(5));

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
        gateway.film(Duration.ofSeconds(30));
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
        gateway.film(Duration.ofMinutes(2));
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
        gateway.film(Duration.ofSeconds(3));
        gateway.live.loseAnswers(false);
        gateway.film(Duration.ofSeconds(30));
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
        gateway.film(Duration.ofSeconds(20));
        gateway.events.event(EventLog.Kind.CAMERA_BACK, "gate", "a test");
        long nearEvent = gateway.capture("gate", Disposition.SENT, TestingGateway.PICTURE);
        gateway.film(Duration.ofMinutes(1));
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
    void aRecordThatKafkaWillNeverTakeIsEvictedAndHoldsNothingUp() {
        TestingGateway gateway = gateway(OutboxSettings.defaults());
        gateway.setKafka(true);
        gateway.live.refuse(record -> record.value().length > 5_000);
        gateway.capture("gate", Disposition.SENT, 6_000);
        gateway.setKafka(false);
        gateway.capture("gate", Disposition.SENT, TestingGateway.PICTURE);
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
        first.film(Duration.ofSeconds(5));
        time.setWall(time.instant().plus(Duration.ofHours(1)));
        first.film(Duration.ofSeconds(5));
        first.tellLedger();
        first.outbox.close();
        time.setWall(Instant.EPOCH.plusSeconds(10));
        TestingGateway second = gateway(OutboxSettings.defaults());
        second.film(Duration.ofSeconds(5));
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
        gateway.film(Duration.ofSeconds(10));
        time.setWall(time.instant().plus(Duration.ofDays(20_000)));
        gateway.film(Duration.ofSeconds(5));
        assertThat(gateway.outbox.stats().evictedFrames()).isZero();

        gateway.film(Duration.ofSeconds(70));

        assertThat(gateway.outbox.stats().evictedFrames()).isPositive();
        gateway.outbox.close();
    }

    private TestingGateway gateway(OutboxSettings settings) {
        return new TestingGateway(directory, time, arrived, settings, "gate", "yard");
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

    private static Frame decode(OutRecord record) {
        try {
            return FRAMES.decode(record.value());
        } catch (RecordFormatException e) {
            throw new AssertionError(e);
        }
    }
}
