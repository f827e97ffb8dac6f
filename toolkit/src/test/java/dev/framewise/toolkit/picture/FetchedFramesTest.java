package dev.framewise.toolkit.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchedFramesTest {
    @TempDir
    Path folder;

    @Test
    void onlyAnAddressIsOne() {
        assertThat(FetchedFrames.isAddress("kafka://broker:9092/yard")).isTrue();
        assertThat(FetchedFrames.isAddress("pets09-s2l1:1-400")).isFalse();
        assertThat(FetchedFrames.isAddress("/data/yard")).isFalse();
    }

    @Test
    void framesAreFetchedOnceSoThatATrainingThatGoesOnSeesTheSame() throws Exception {
        Path frames = folder.resolve("frames/yard");
        FetchedFrames.once(frames, "testing://yard/3", /* most= */ 10);
        byte[] first = Files.readAllBytes(frames.resolve("0.jpg"));

        FetchedFrames.once(frames, "testing://yard/3", /* most= */ 10);

        assertThat(frames).isDirectoryContaining("glob:**/2.jpg");
        assertThat(Files.readAllBytes(frames.resolve("0.jpg"))).isEqualTo(first);
    }

    @Test
    void whatBreaksOffIsFetchedAnew() throws Exception {
        Path frames = folder.resolve("yard");
        assertThatThrownBy(() -> FetchedFrames.once(frames, "testing://yard/broken", /* most= */ 10))
                .isInstanceOf(IOException.class)
                .hasMessage("the broker went away");
        assertThat(frames).doesNotExist();

        FetchedFrames.once(frames, "testing://yard/2", /* most= */ 10);

        assertThat(frames).isDirectoryContaining("glob:**/1.jpg");
        assertThat(frames).isDirectoryNotContaining("glob:**/broken");
        assertThat(folder.resolve("yard.part")).doesNotExist();
    }

    @Test
    void aPlaceWithoutFramesIsAnErrorThatSaysSo() {
        assertThatThrownBy(() -> FetchedFrames.once(folder.resolve("yard"), "testing://yard/0", /* most= */ 10))
                .hasMessageContaining("testing://yard/0: has no frames with pictures");
    }

    @Test
    void whatWasFetchedIsRemovedWhole() throws Exception {
        Path frames = folder.resolve("yard");
        FetchedFrames.once(frames, "testing://yard/3", /* most= */ 10);

        FetchedFrames.remove(frames);
        FetchedFrames.remove(frames);

        assertThat(folder).isEmptyDirectory();
    }
}
