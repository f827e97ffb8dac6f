package dev.framewise.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.vision.asset.AssetCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipReaderTest {
    @TempDir
    private Path folder;

    @Test
    void readsEveryPictureOfAClip() throws IOException {
        try (ClipReader clip = ClipReader.open(AssetCatalog.standard().locate("pets09-s2l1"))) {
            assertThat(clip.width()).isEqualTo(768);
            assertThat(clip.height()).isEqualTo(576);
            assertThat(clip.framesPerSecond()).isEqualTo(10);
            assertThat(clip.frameCount()).hasValue(795);
            assertThat(clip.index()).isEqualTo(-1);
            long previous = -1;
            while (clip.advance()) {
                assertThat(clip.image().width()).isEqualTo(768);
                assertThat(clip.image().height()).isEqualTo(576);
                assertThat(clip.timestampMicros()).isGreaterThan(previous);
                previous = clip.timestampMicros();
            }
            assertThat(clip.index()).isEqualTo(794);
            assertThat(clip.advance()).isFalse();
        }
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> ClipReader.open(folder.resolve("absent.avi")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("absent.avi");
    }

    @Test
    void aFileThatIsNoVideoIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("text.avi"), "no video");
        assertThatThrownBy(() -> ClipReader.open(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("text.avi");
    }
}
