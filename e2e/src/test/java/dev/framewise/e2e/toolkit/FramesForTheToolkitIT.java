package dev.framewise.e2e.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.e2e.storage.S3Server;
import dev.framewise.gateway.Gateway;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.local.kafka.EmbeddedKafka;
import dev.framewise.local.storage.StorageFrameFeed;
import dev.framewise.toolkit.ModelCommand;
import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.toolkit.picture.Pictures;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.image.JpegEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Anyone can calibrate and distil from what their own cameras sent: from the topic of a real broker, and from an S3 server. */
class FramesForTheToolkitIT {
    private static final int FRAMES = 12;

    @TempDir
    Path directory;

    /** Too few pictures to learn anything, enough to go through every part; the second time, without a broker. */
    @Test
    void aDetectorIsDistilledFromTheFramesOfACameraInKafkaAndGoesOnWithoutTheBroker() throws Exception {
        Path out = directory.resolve("student");
        String address;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"))) {
            kafka.createTopics(/* partitions= */ 2);
            publish(kafka, "yard");
            publish(kafka, "gate");
            address = "kafka://" + kafka.bootstrapServers() + "/yard";
            assertThat(distil(address, out, /* images= */ 16)).isZero();
        }
        Path frames = out.resolve("frames/" + address.replaceAll("[^A-Za-z0-9._-]+", "_"));
        try (var files = Files.list(frames)) {
            assertThat(files).as("the other camera's are not among them").hasSize(FRAMES);
        }
        assertThat(Files.readString(out.resolve("card.md"))).contains(address + ": " + FRAMES + " frames");
        assertThat(out.resolve("student.onnx")).isNotEmptyFile();

        assertThat(distil(address, out, /* images= */ 16))
                .as("the same training, already done")
                .isZero();
    }

    @Test
    void picturesComeFromObjectStorageInTheOrderOfTheirKeysSpreadOverAll() throws Exception {
        try (S3Server storage = S3Server.start(directory.resolve("objects"))) {
            storage.useInFlink();
            putPictures(storage);
            StorageFrameFeed feed = new StorageFrameFeed(storage.environment());
            String address = storage.uri("yard");
            assertThat(feed.reads(address)).isTrue();

            Path some = Files.createDirectory(directory.resolve("some"));
            assertThat(feed.fetch(address, /* most= */ 4, some)).isEqualTo(4);
            // pictures have 100, 101, ... columns in the order of their keys
            assertThat(widths(some)).containsExactly(100, 103, 106, 109);
            Path all = Files.createDirectory(directory.resolve("all"));
            assertThat(feed.fetch(address + "/", /* most= */ 1_000, all)).isEqualTo(FRAMES);
            assertThat(widths(all)).isSorted().hasSize(FRAMES);

            Map<String, String> stranger = new HashMap<>(storage.environment());
            stranger.put("AWS_SECRET_ACCESS_KEY", "guessed");
            Path none = Files.createDirectory(directory.resolve("none"));
            assertThatThrownBy(() -> new StorageFrameFeed(stranger).fetch(address, 4, none))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(address + ": pictures cannot be read")
                    .hasMessageContaining("Check the address")
                    .hasMessageNotContaining("guessed");
            assertThat(none).isEmptyDirectory();
        }
    }

    private static int distil(String address, Path out, int images) {
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new ModelCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "distil",
                        "--detector",
                        "--frames",
                        address,
                        "--images",
                        Integer.toString(images),
                        "--out",
                        out.toString());
        assertThat(exit).as(err.toString()).isZero();
        return exit;
    }

    private static void publish(EmbeddedKafka kafka, String camera) throws Exception {
        Path clip = AssetCatalog.standard().locate("pets09-s2l1");
        CameraSettings settings = CameraSettings.of(camera, clip.toString())
                .withPace(CameraSettings.Pace.FAST)
                .withMaxFrames(FRAMES);
        try (Gateway gateway =
                new Gateway(GatewayConfig.of("board-" + camera, kafka.bootstrapServers(), List.of(settings)))) {
            gateway.start();
            gateway.awaitEnd();
        }
    }

    /** In two folders, beside something that is no picture. */
    private void putPictures(S3Server storage) throws Exception {
        try (ClipReader clip = ClipReader.open(AssetCatalog.standard().locate("pets09-s2l1"));
                JpegEncoder encoder = new JpegEncoder(/* quality= */ 80);
                var scaled = new dev.framewise.vision.image.BgrImage()) {
            for (int i = 0; i < FRAMES; i++) {
                assertThat(clip.advance()).isTrue();
                scaled.reshape(100 + i, 80);
                clip.image().scaleTo(scaled);
                storage.put(
                        "yard/" + (i < 6 ? "day-1/" : "day-2/") + String.format("%03d.jpg", i), encoder.encode(scaled));
            }
        }
        storage.put("yard/day-1/notes.txt", new byte[] {1});
    }

    private static List<Integer> widths(Path folder) throws IOException {
        List<Integer> widths = new ArrayList<>();
        try (Pictures pictures = PictureSupply.of(folder).open()) {
            while (pictures.advance()) {
                widths.add(pictures.image().width());
            }
        }
        return widths;
    }
}
