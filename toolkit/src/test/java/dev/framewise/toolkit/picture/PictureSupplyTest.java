package dev.framewise.toolkit.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.toolkit.quantize.TestingPictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureSupplyTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderIsReadInTheOrderOfItsNames() throws Exception {
        PictureSupply supply = PictureSupply.of(TestingPictures.folder(folder, 3));
        assertThat(supply.count()).isEqualTo(3);
        try (Pictures pictures = supply.open()) {
            for (int number = 1; number <= 3; number++) {
                assertThat(pictures.advance()).isTrue();
                assertThat(pictures.number()).isEqualTo(number);
                assertThat(pictures.image().width()).isEqualTo(64);
            }
            assertThat(pictures.advance()).isFalse();
        }
    }

    @Test
    void noPicturesIsAnErrorInWords() throws Exception {
        Files.writeString(folder.resolve("notes.txt"), "none");
        assertThatThrownBy(() -> PictureSupply.of(folder)).hasMessageContaining("holds no pictures");
        assertThatThrownBy(() -> PictureSupply.of(folder.resolve("missing")))
                .hasMessageContaining("neither a clip nor a folder");
        assertThatThrownBy(() -> PictureSupply.of(folder.resolve("notes.txt")))
                .hasMessageContaining("notes.txt: cannot be opened as a video");
    }

    @Test
    void anUnreadablePictureIsNamed() throws Exception {
        TestingPictures.folder(folder, 1);
        Files.writeString(folder.resolve("999.png"), "no picture");
        Files.write(folder.resolve("998.jpg"), new byte[0]);
        try (Pictures pictures = PictureSupply.of(folder).open()) {
            assertThat(pictures.advance()).isTrue();
            assertThatThrownBy(pictures::advance).hasMessageContaining("998.jpg: cannot be read as a picture");
            assertThatThrownBy(pictures::advance).hasMessageContaining("999.png: cannot be read as a picture");
        }
    }

    @Test
    void picturesOfTheReportAreSeenByNothingBefore() {
        Split split = Split.of(795, 100, 120, 400);
        assertThat(split.calibration()).hasSize(100);
        assertThat(split.search()).hasSize(120);
        assertThat(split.test()).hasSize(318);
        TreeSet<Integer> all = new TreeSet<>(split.calibration());
        all.addAll(split.search());
        all.addAll(split.test());
        assertThat(all).hasSize(538);
        assertThat(split.test().first()).isGreaterThan(split.search().last());
        assertThat(split.overlapping()).isFalse();
    }

    @Test
    void fewPicturesAreForEverythingAndSoItIsSaid() {
        Split split = Split.of(12, 100, 120, 400);
        assertThat(split.calibration()).hasSize(12).isEqualTo(split.test());
        assertThat(split.overlapping()).isTrue();
    }
}
