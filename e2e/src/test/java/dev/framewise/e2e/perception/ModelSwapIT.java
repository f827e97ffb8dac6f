package dev.framewise.e2e.perception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.benchmarks.swap.ModelVariants;
import dev.framewise.e2e.storage.S3Server;
import dev.framewise.gateway.Gateway;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.jobs.PerceptionOptions;
import dev.framewise.local.kafka.ModelPublisher;
import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.LedgerWindow;
import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.ReleaseState;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.Topic;
import dev.framewise.schemas.TrackBox;
import dev.framewise.schemas.TrackRow;
import dev.framewise.toolkit.ModelCommand;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.publish.Provenance;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.asset.Fingerprint;
import dev.framewise.vision.model.ReleaseDraft;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Two cameras at their own pace while the model changes: a good release that the command line offers from object storage, one with noisy
 * weights, one whose file is another.
 * Then the TaskManager is killed. The releases' networks are the base's own, so an undisturbed run by the base alone must give
 * the same boxes.
 */
class ModelSwapIT {
    private static final String MODEL = "yolox-nano-416";
    private static final List<String> CAMERAS = List.of("street", "hall");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path directory;

    private static S3Server storage;
    private static PipelineUnderTest pipeline;
    private static List<TrackRow> rows;
    private static List<TrackRow> undisturbed;
    private static List<ModelRelease> decisions;

    @BeforeAll
    static void swapUnderLoad() throws Exception {
        Path base = AssetCatalog.standard().locate(MODEL);
        storage = S3Server.start(directory.resolve("objects"));
        storage.useInFlink();
        pipeline = new PipelineUnderTest(directory, /* slots= */ 2);
        Map<TopicPartition, Long> start = pipeline.ends(Topic.TRACKS);
        PerceptionOptions options = pipeline.options("swap").model(base.toString());
        JobID job = pipeline.submit(options, /* parallelism= */ 2);
        List<CameraSettings> cameras = CAMERAS.stream()
                .map(camera -> CameraSettings.of(
                                camera,
                                AssetCatalog.standard().locate("pets09-s2l1").toString())
                        .withLoop(true))
                .toList();
        try (Gateway gateway =
                        new Gateway(GatewayConfig.of("board", pipeline.cluster().bootstrapServers(), cameras));
                ModelPublisher publisher = new ModelPublisher(pipeline.cluster().bootstrapServers())) {
            gateway.start();
            Path good = ModelVariants.sameNetwork(base, "2", directory.resolve("2.onnx"));
            publishByCommand("2", good);
            storage.put("models/2.onnx", Files.readAllBytes(published("2")));
            publishByCommand(
                    "2",
                    good,
                    "--uri=" + storage.uri("models/2.onnx"),
                    "--kafka=" + pipeline.cluster().bootstrapServers());
            await("accepted", "2", ReleaseState.ACCEPTED);

            publisher.publish(release(
                            "3",
                            ModelVariants.perturbed(base, /* noise= */ 0.3, /* seed= */ 1, directory.resolve("3.onnx")))
                    .build());
            await("refused", "3", ReleaseState.REFUSED);

            Path other = directory.resolve("4.onnx");
            ModelRelease.Builder corrupt = release("4", ModelVariants.sameNetwork(base, "4", other));
            byte[] bytes = Files.readAllBytes(other);
            bytes[bytes.length / 2] ^= 1;
            Files.write(other, bytes);
            publisher.publish(corrupt.build());
            await("refused", "4", ReleaseState.REFUSED);

            publisher.publish(corrupt.setSha256("no hash").build());
            int before = pipeline.committedSince(Topic.TRACKS, start).size();
            pipeline.cluster().flink().replaceTaskManager();
            Awaitility.await("rows after the kill")
                    .atMost(PATIENCE)
                    .until(() -> pipeline.committedSince(Topic.TRACKS, start).size() > before + 60);
        }
        pipeline.awaitConsumed(job, options);
        pipeline.cluster().flink().stopWithSavepoint(job);
        rows = rowsSince(start);
        decisions = pipeline.read(Topic.MODELS, ModelRelease.class);

        Map<TopicPartition, Long> again = pipeline.ends(Topic.TRACKS);
        pipeline.replay(
                pipeline.options("undisturbed").model(base.toString()).releases(PerceptionOptions.RELEASES_NONE),
                /* parallelism= */ 1);
        undisturbed = rowsSince(again);
    }

    @AfterAll
    static void close() throws Exception {
        pipeline.close();
        storage.close();
    }

    @Test
    void everyFrameHasOneRowInOrder() {
        for (String camera : CAMERAS) {
            List<Long> sequences =
                    frames(rows, camera).map(TrackRow::getSequence).toList();
            assertThat(sequences)
                    .as(camera)
                    .hasSizeGreaterThan(100)
                    .containsExactlyElementsOf(
                            LongStream.range(0, sequences.size()).boxed().toList());
        }
    }

    @Test
    void theLedgerAddsUp() throws Exception {
        for (String camera : CAMERAS) {
            List<LedgerWindow> windows = pipeline.read(Topic.LEDGER, LedgerWindow.class).stream()
                    .filter(window -> window.getCamera().equals(camera))
                    .toList();
            Map<String, Long> fates = new HashMap<>();
            windows.forEach(window -> window.getFates().forEach((fate, count) -> fates.merge(fate, count, Long::sum)));
            assertThat(fates).as(camera).containsOnlyKeys("INFERRED");
            assertThat(fates.get("INFERRED"))
                    .isEqualTo(windows.stream()
                            .mapToLong(LedgerWindow::getCaptured)
                            .sum());
        }
    }

    @Test
    void rowsSayWhichVersionSawThemAndItChangesOnce() {
        for (String camera : CAMERAS) {
            List<String> versions = new ArrayList<>();
            frames(rows, camera)
                    .map(TrackRow::getModel)
                    .filter(model -> versions.isEmpty()
                            || !versions.get(versions.size() - 1).equals(model))
                    .forEach(versions::add);
            assertThat(versions).as(camera).hasSize(2);
            assertThat(versions.get(0)).matches(MODEL + "@[0-9a-f]{8}");
            assertThat(versions.get(1)).matches(MODEL + "@2-[0-9a-f]{8}");
        }
    }

    @Test
    void theReleaseInForceIsTheFileThatTheCommandWroteAndSaysWhatItWasMadeOf() throws Exception {
        assertThat(decisions)
                .filteredOn(release -> release.getVersion().equals("2"))
                .extracting(ModelRelease::getSha256)
                .containsOnly(Fingerprint.of(published("2")).sha256());
        assertThat(ModelStore.read(published("2")).getMetadataPropsList())
                .filteredOn(entry -> entry.getKey().equals(Provenance.KEY))
                .singleElement()
                .asString()
                .contains(Fingerprint.of(directory.resolve("2.onnx")).sha256());
    }

    @Test
    void noBoxIsOtherThanInAnUndisturbedRun() {
        for (String camera : CAMERAS) {
            assertThat(boxes(rows, camera)).as(camera).isEqualTo(boxes(undisturbed, camera));
        }
    }

    @Test
    void thePerturbedOneSawNothingLiveAndIsBuriedWithItsReason() throws Exception {
        assertThat(rows)
                .noneMatch(
                        row -> row.getModel().contains("@3-") || row.getModel().contains("@4-"));
        assertThat(decisions)
                .filteredOn(release -> release.getVersion().equals("3"))
                .noneMatch(release -> release.getState() == ReleaseState.PROMOTED);
        assertThat(letter("BAD_RESULTS").getReason()).contains("agreement is below its floor");
    }

    @Test
    void aCorruptFileAndASenselessRecordAreBuriedToo() throws Exception {
        assertThat(letter("WRONG_BYTES").getReason()).contains("gave other bytes");
        assertThat(letter("BAD_RELEASE").getReason()).contains("sha256 is 'no hash'");
    }

    @Test
    void aRefusalSaysWhatStaysInForce() {
        assertThat(decisions)
                .filteredOn(release -> release.getState() == ReleaseState.REFUSED)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(release -> {
                    assertThat(release.getInForce().getVersion()).isEqualTo("2");
                    assertThat(release.getDecidedBy()).isEqualTo("swap");
                });
    }

    private static DeadLetter letter(String problem) throws Exception {
        return pipeline.read(Topic.DEAD_LETTERS, DeadLetter.class).stream()
                .filter(letter -> letter.getProblem().equals(problem))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no dead letter says " + problem));
    }

    private static Path published(String version) {
        return directory.resolve(version + ".published.onnx");
    }

    /** As an operator does it: without a broker's address the file is written only. */
    private static void publishByCommand(String version, Path file, String... more) {
        List<String> command = new ArrayList<>(List.of("publish", file.toString(), "--ungated"));
        command.addAll(List.of("--model=" + MODEL, "--release=" + version, "--out=" + published(version)));
        command.addAll(List.of("--shadow-share=0.5", "--shadow-frames=20"));
        command.addAll(List.of(more));
        StringWriter said = new StringWriter();
        int code = new CommandLine(new ModelCommand())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(command.toArray(String[]::new));
        assertThat(code).as(said.toString()).isZero();
        assertThat(said.toString()).contains(more.length == 0 ? "not offered" : "offered on the topic models");
    }

    private static ModelRelease.Builder release(String version, Path file) throws Exception {
        return ReleaseDraft.of(MODEL, version, file).setShadowShare(0.5).setLeastShadowFrames(20);
    }

    private static void await(String what, String version, ReleaseState state) {
        Awaitility.await("release " + version + " to be " + what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> pipeline.read(Topic.MODELS, ModelRelease.class).stream()
                        .anyMatch(release -> release.getVersion().equals(version) && release.getState() == state));
    }

    private static Stream<TrackRow> frames(List<TrackRow> of, String camera) {
        return of.stream()
                .filter(row -> row.getKind() == RowKind.FRAME && row.getCamera().equals(camera));
    }

    private static List<List<TrackBox>> boxes(List<TrackRow> of, String camera) {
        return frames(of, camera).map(TrackRow::getBoxes).toList();
    }

    private static List<TrackRow> rowsSince(Map<TopicPartition, Long> start) throws Exception {
        List<TrackRow> read = new ArrayList<>();
        RecordCodec<TrackRow> codec = new RecordCodec<>(TrackRow.class);
        for (var record : pipeline.committedSince(Topic.TRACKS, start)) {
            read.add(codec.decode(record.value()));
        }
        return read;
    }
}
