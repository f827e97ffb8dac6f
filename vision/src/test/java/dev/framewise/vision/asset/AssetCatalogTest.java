package dev.framewise.vision.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetCatalogTest {
    @TempDir
    private Path folder;

    private final byte[] content = "frames".getBytes(StandardCharsets.US_ASCII);
    private TestingCatalog catalog;

    @BeforeEach
    void start() throws IOException {
        catalog = new TestingCatalog(folder, content);
    }

    @Test
    void theStandardCatalogFindsAllItNames() throws IOException {
        AssetCatalog standard = AssetCatalog.standard();
        assertThat(standard.names())
                .contains("yolox-nano-416", "fastestdet-352", "pets09-s2l1", "mot15/TUD-Campus/gt")
                .hasSize(32);
        for (String name : standard.names()) {
            assertThat(standard.asset(name).accepts(Fingerprint.of(standard.locate(name))))
                    .as(name)
                    .isTrue();
        }
    }

    @Test
    void theCacheComesBeforeTheMirror() throws IOException {
        Path mirrored = put(catalog.mirror, content);
        assertThat(catalog.build().locate(TestingCatalog.NAME)).isEqualTo(mirrored);
        Path cached = put(catalog.cache, content);
        assertThat(catalog.build().locate(TestingCatalog.NAME)).isEqualTo(cached);
    }

    @Test
    void wrongBytesInOnePlaceSendItToTheNext() throws IOException {
        put(catalog.cache, "Frames".getBytes(StandardCharsets.US_ASCII));
        Path mirrored = put(catalog.mirror, content);
        assertThat(catalog.build().locate(TestingCatalog.NAME)).isEqualTo(mirrored);
    }

    @Test
    void wrongBytesEverywhereAreAnErrorOfTheirOwn() throws IOException {
        put(catalog.cache, "Frames".getBytes(StandardCharsets.US_ASCII));
        put(catalog.mirror, "frame".getBytes(StandardCharsets.US_ASCII));
        AssetException failure =
                catchThrowableOfType(AssetException.class, () -> catalog.build().locate(TestingCatalog.NAME));
        assertThat(failure.kind()).isEqualTo(AssetException.Kind.HASH);
        assertThat(failure)
                .hasMessageContaining("cache " + catalog.cached() + ": has 6 bytes, SHA-256")
                .hasMessageContaining("has 5 bytes");
    }

    @Test
    void whatIsOursComesFromTheClassPathAndIsChecked() throws IOException {
        catalog.resource = Optional.of("AssetCatalogTest.class");
        AssetException failure =
                catchThrowableOfType(AssetException.class, () -> catalog.build().locate(TestingCatalog.NAME));
        assertThat(failure.kind()).isEqualTo(AssetException.Kind.HASH);
        assertThat(failure).hasMessageContaining("class path ");

        AssetCatalog alone = new AssetCatalog(
                CatalogReader.readResource(),
                new AssetLocations(folder.resolve("alone"), Optional.empty()),
                /* downloader= */ null,
                new AptPackages(),
                DownloadProgress.lines(System.err));
        Path model = alone.locate("framewise-person-416");
        assertThat(model).startsWith(folder.resolve("alone"));
        assertThat(alone.asset("framewise-person-416").accepts(Fingerprint.of(model)))
                .isTrue();
    }

    @Test
    void theErrorSaysWhatWasTriedAndWhatToDo() {
        catalog.from(URI.create("http://no-such-host.invalid/clip.avi"));
        catalog.debianPackage = Optional.of(new Asset.DebianPackage("clips", "usr/share/clip.avi"));
        catalog.otherwise = "ask the publisher";
        AssetException failure =
                catchThrowableOfType(AssetException.class, () -> catalog.build().locate(TestingCatalog.NAME));
        assertThat(failure.kind()).isEqualTo(AssetException.Kind.NOT_FOUND);
        assertThat(failure.getMessage().lines())
                .containsSubsequence(
                        "  - cache " + catalog.cached() + ": no such file",
                        "  - mirror " + catalog.mirror.resolve(TestingCatalog.FILE) + ": no such file",
                        "  - http://no-such-host.invalid/clip.avi: no such host, or no network",
                        "  - Debian package clips: no packages on this machine");
        assertThat(failure)
                .hasMessageContaining("set FRAMEWISE_ASSETS to a folder that holds video/clip.avi")
                .hasMessageContaining("or download http://no-such-host.invalid/clip.avi")
                .hasMessageEndingWith("or ask the publisher.");
    }

    @Test
    void aPackageIsTheLastResortAndIsCheckedToo() throws IOException {
        catalog.debianPackage = Optional.of(new Asset.DebianPackage("clips", "usr/share/clip.avi"));
        catalog.packages = (wanted, into) -> Files.writeString(into.resolve("clip.avi"), "forged");
        assertThatThrownBy(() -> catalog.build().locate(TestingCatalog.NAME))
                .hasMessageContaining("Debian package clips")
                .hasMessageContaining("has 6 bytes, SHA-256");

        catalog.packages = (wanted, into) -> Files.write(into.resolve("clip.avi"), content);
        assertThat(catalog.build().locate(TestingCatalog.NAME))
                .isEqualTo(catalog.cached())
                .hasBinaryContent(content);
    }

    @Test
    void anUnknownNameListsWhatIsNear() {
        AssetException failure = catchThrowableOfType(
                AssetException.class, () -> AssetCatalog.standard().locate("yolox-nano"));
        assertThat(failure.kind()).isEqualTo(AssetException.Kind.UNKNOWN_NAME);
        assertThat(failure).hasMessageContaining("near it: yolox-nano-416");
    }

    private static Path put(Path root, byte[] bytes) throws IOException {
        Path file = root.resolve(TestingCatalog.FILE);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }
}
