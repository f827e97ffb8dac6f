package dev.framewise.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes written by older versions are read for ever: the fixtures are committed and never written again. */
class EvolutionTest {
    @Test
    void aFrameOfVersion1HasNoModelHintAndWasNotReplayed() throws Exception {
        Frame frame = new RecordCodec<>(Frame.class).decode(fixture(Frame.class));
        assertThat(frame.getCamera()).isEqualTo("door");
        assertThat(frame.getSequence()).isEqualTo(7);
        assertThat(frame.getPayload().remaining()).isEqualTo(2);
        assertThat(frame.getDisposition()).isEqualTo(Disposition.SENT);
        assertThat(frame.getModelHint()).isNull();
        assertThat(frame.getReplayed()).isFalse();
    }

    @Test
    void aReadingOfVersion1RunsAtFullRate() throws Exception {
        Telemetry telemetry = new RecordCodec<>(Telemetry.class).decode(fixture(Telemetry.class));
        assertThat(telemetry.getAppliedFrameRateFactor()).isEqualTo(1);
        assertThat(telemetry.getAppliedJpegQuality()).isNull();
        assertThat(telemetry.getTemperatures()).isEmpty();
    }

    @Test
    void aDirectiveOfVersion1LeavesThePictureAsItIs() throws Exception {
        Directive directive = new RecordCodec<>(Directive.class).decode(fixture(Directive.class));
        assertThat(directive.getJpegQuality()).isNull();
        assertThat(directive.getMaxWidth()).isNull();
        assertThat(directive.getModelVariant()).isNull();
    }

    @Test
    void aRowOfVersion1SaysNeitherWhyNorHowSurely() throws Exception {
        TrackRow row = new RecordCodec<>(TrackRow.class).decode(fixture(TrackRow.class));
        assertThat(row.getDecision()).isNull();
        assertThat(row.getBoxes()).isNotEmpty().allSatisfy(box -> assertThat(box.getUncertainty())
                .isZero());
    }

    @Test
    void aRowOfVersion2IsOfALiveFrame() throws Exception {
        TrackRow row = new RecordCodec<>(TrackRow.class).decode(fixture("v2/TrackRow.hex"));
        assertThat(row.getDecision()).isEqualTo("OVERDUE");
        assertThat(row.getBoxes()).singleElement().satisfies(box -> assertThat(box.getUncertainty())
                .isEqualTo(1.5f));
        assertThat(row.getEnded()).containsExactly(1L, 2L);
        assertThat(row.getBacklog()).isFalse();
    }

    @Test
    void aSampleOfVersion1IsOfALiveFrame() throws Exception {
        InferenceSample sample = new RecordCodec<>(InferenceSample.class).decode(fixture(InferenceSample.class));
        assertThat(sample.getBacklog()).isFalse();
    }

    @Test
    void aReleaseOfVersion1IsAnOfferThatNamesNoSize() throws Exception {
        ModelRelease release = new RecordCodec<>(ModelRelease.class).decode(fixture(ModelRelease.class));
        assertThat(release.getState()).isEqualTo(ReleaseState.OFFERED);
        assertThat(release.getSizeBytes()).isZero();
        assertThat(release.getRollout()).isEqualTo(1);
        assertThat(release.getShadowShare()).isEqualTo(0.1);
        assertThat(release.getInForce()).isNull();
    }

    @Test
    void aReleaseOfVersion2IsReadWhole() throws Exception {
        ModelRelease release = new RecordCodec<>(ModelRelease.class).decode(fixture("v2/ModelRelease.hex"));
        assertThat(release.getState()).isEqualTo(ReleaseState.PROMOTED);
        assertThat(release.getStages()).containsExactly(0.1, 0.5);
        assertThat(release.getInForce().getVersion()).isEqualTo("1");
        assertThat(release.getMostTrialSeconds()).isEqualTo(86_400);
        assertThat(release.getQuietFrames()).isZero();
    }

    @Test
    void aReleaseOfVersion3IsReadWhole() throws Exception {
        ModelRelease release = new RecordCodec<>(ModelRelease.class).decode(fixture("v3/ModelRelease.hex"));
        assertThat(release.getMostTrialSeconds()).isEqualTo(3_600);
        assertThat(release.getQuietFrames()).isEqualTo(50_000);
    }

    @Test
    void whatHasAHistoryHasReallyEvolved() {
        assertThat(SchemaHistory.of(Frame.class)).isNotEmpty().doesNotContain(Frame.getClassSchema());
        assertThat(SchemaHistory.of(ModelRelease.class)).isNotEmpty().doesNotContain(ModelRelease.getClassSchema());
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void bytesOfVersion1AreRead(Topic topic) throws Exception {
        SpecificRecord record = new RecordCodec<>(topic.record()).decode(fixture(topic.record()));
        assertThat(record.toString())
                .contains(topic == Topic.MODELS ? "yolox-nano-416" : topic == Topic.DEAD_LETTERS ? "door" : "pi-1");
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void everyVersionReadsEveryOther(Topic topic) {
        List<Schema> versions = new ArrayList<>(SchemaHistory.of(topic.record()));
        versions.add(SpecificData.get().getSchema(topic.record()));
        for (Schema reader : versions) {
            for (Schema writer : versions) {
                assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                                .getType())
                        .as("%s reads %s", reader, writer)
                        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            }
        }
    }

    static byte[] fixture(Class<?> record) throws IOException {
        return fixture("v1/" + record.getSimpleName() + ".hex");
    }

    private static byte[] fixture(String name) throws IOException {
        try (InputStream in = EvolutionTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return HexFormat.of().parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }
}
