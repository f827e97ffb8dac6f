package dev.framewise.vision.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetLocationsTest {
    private static final Path HOME = Path.of("/home/someone");

    @TempDir
    private Path folder;

    @Test
    void theCacheIsNamedByTheNearestVariable() {
        assertThat(cache(Map.of())).isEqualTo(Path.of("/home/someone/.cache/framewise/assets"));
        assertThat(cache(Map.of("XDG_CACHE_HOME", "/x"))).isEqualTo(Path.of("/x/framewise/assets"));
        assertThat(cache(Map.of("XDG_CACHE_HOME", "/x", "FRAMEWISE_CACHE", "/c")))
                .isEqualTo(Path.of("/c"));
        assertThat(cache(Map.of("FRAMEWISE_CACHE", " "))).isEqualTo(Path.of("/home/someone/.cache/framewise/assets"));
    }

    @Test
    void theMirrorIsBesideTheCheckout() throws IOException {
        Path module = Files.createDirectories(folder.resolve("checkout/vision/target"));
        Files.createFile(folder.resolve("checkout/framewise"));
        Files.createFile(folder.resolve("checkout/pom.xml"));
        Files.createFile(folder.resolve("checkout/vision/pom.xml"));
        assertThat(AssetLocations.of(Map.of(), HOME, module).mirrorDirectory()).isEmpty();

        Path mirror = Files.createDirectories(folder.resolve("shared/assets"));
        assertThat(AssetLocations.of(Map.of(), HOME, module).mirrorDirectory()).contains(mirror);
        assertThat(AssetLocations.of(Map.of(), HOME, folder).mirrorDirectory()).isEmpty();
    }

    @Test
    void aNamedMirrorIsTakenEvenIfItIsMissing() {
        assertThat(AssetLocations.of(Map.of("FRAMEWISE_ASSETS", "/none"), HOME, folder)
                        .mirrorDirectory())
                .contains(Path.of("/none"));
    }

    private Path cache(Map<String, String> environment) {
        return AssetLocations.of(environment, HOME, folder).cacheDirectory();
    }
}
