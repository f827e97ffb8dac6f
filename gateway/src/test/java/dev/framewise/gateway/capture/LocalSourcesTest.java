package dev.framewise.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.vision.image.JpegHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that come from no camera: a folder, and the test pattern. */
class LocalSourcesTest {
    @TempDir
    Path folder;

    private final VideoSources sources = new VideoSources();

    @Test
    void aFolderGivesItsJpegsInTheOrderOfTheirNamesByteForByte() throws IOException {
        List<byte[]> pictures = TestingClip.packets(TestingClip.mjpeg(folder.resolve("clip.avi"), /* frames= */ 3));
        Files.write(folder.resolve("b.JPG"), pictures.get(1));
        Files.write(folder.resolve("a.jpg"), pictures.get(0));
        Files.write(folder.resolve("c.jpeg"), pictures.get(2));
        Files.writeString(folder.resolve("notes.txt"), "no picture");

        try (FrameSource source = sources.open(folder.toString(), /* jpegQuality= */ 90)) {
            assertThat(source.isLive()).isFalse();
            for (byte[] expected : pictures) {
                Picture picture = source.next();
                assertThat(picture.jpeg()).isEqualTo(expected);
                assertThat(picture.width()).isEqualTo(TestingClip.WIDTH);
            }
            assertThat(source.next()).isNull();
        }
    }

    @Test
    void aFileInAFolderThatIsNoJpegIsNamed() throws IOException {
        Files.writeString(folder.resolve("a.jpg"), "no picture at all");

        try (FrameSource source = sources.open(folder.toString(), /* jpegQuality= */ 90)) {
            assertThatThrownBy(source::next).isInstanceOf(IOException.class).hasMessageContaining("a.jpg: is no JPEG");
        }
    }

    @Test
    void anEmptyFolderIsToldAtOnce() {
        assertThatThrownBy(() -> sources.open(folder.toString(), /* jpegQuality= */ 90))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no file that ends in .jpg or .jpeg");
    }

    @Test
    void theTestPatternMovesOneStepAPicture() throws Exception {
        try (FrameSource source = sources.open("test:320x240@12", /* jpegQuality= */ 90)) {
            assertThat(source.framesPerSecond()).isEqualTo(12);
            assertThat(source.isLive()).isFalse();
            byte[] first = source.next().jpeg();
            assertThat(JpegHeader.parse(first)).isEqualTo(new JpegHeader(320, 240, /* components= */ 3));
            assertThat(source.next().jpeg()).isNotEqualTo(first);
            // it comes round after as many steps as fit
            for (int i = 2; i < 76; i++) {
                source.next();
            }
            assertThat(source.next().jpeg()).isEqualTo(first);
        }
    }

    @Test
    void twoTestPatternsAreTheSame() throws IOException {
        try (FrameSource one = sources.open("test:64x48@5", /* jpegQuality= */ 90);
                FrameSource two = sources.open("test:64x48@5", /* jpegQuality= */ 90)) {
            for (int i = 0; i < 5; i++) {
                assertThat(one.next().jpeg()).isEqualTo(two.next().jpeg());
            }
        }
    }

    @Test
    void aTestPatternThatIsNoneSaysHowToWriteIt() {
        for (String wrong : List.of("test:", "test:640x480", "test:1x1@5", "test:640x480@fast")) {
            assertThatThrownBy(() -> sources.open(wrong, /* jpegQuality= */ 90))
                    .as(wrong)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("write it as test:640x480@15");
        }
    }
}
