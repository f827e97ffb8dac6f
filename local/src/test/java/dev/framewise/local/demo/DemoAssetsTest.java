package dev.framewise.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.asset.AssetException;
import dev.framewise.vision.asset.AssetException.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DemoAssetsTest {
    private final List<String> notes = new ArrayList<>();

    private static Function<String, Path> having(Set<String> names) {
        return name -> {
            if (!names.contains(name)) {
                throw new AssetException(Kind.NOT_FOUND, name + " is nowhere");
            }
            return Path.of(name);
        };
    }

    @Test
    void nothingIsReplacedWhereEverythingIsThere() {
        DemoAssets assets = DemoAssets.find(Path::of, notes::add);

        assertThat(assets.model()).hasToString("yolox-nano-416");
        assertThat(assets.cool().name()).isEqualTo("pets09-s2l1");
        assertThat(assets.hot().name()).isEqualTo("one-by-one-person-detection");
        assertThat(notes).isEmpty();
    }

    @Test
    void withoutPublishersOurOwnDetectorLooksAtTheClipThatIsThere() {
        DemoAssets assets = DemoAssets.find(having(Set.of("framewise-person-416", "pets09-s2l1")), notes::add);

        assertThat(assets.model()).hasToString("framewise-person-416");
        assertThat(assets.cool().name()).isEqualTo("pets09-s2l1");
        assertThat(assets.hot().file()).hasToString("pets09-s2l1");
        assertThat(notes).hasSize(2);
        assertThat(notes.get(0)).contains("our own detector takes its place");
        assertThat(notes.get(1)).contains("one-by-one-person-detection is not to be had; its camera shows pets09-s2l1");
    }

    @Test
    void withoutAnyClipThereIsNoDemo() {
        assertThatThrownBy(() -> DemoAssets.find(having(Set.of("framewise-person-416")), notes::add))
                .isInstanceOf(AssetException.class)
                .hasMessage("pets09-s2l1 is nowhere");
    }

    @Test
    void ctrlCIsNoAbsence() {
        assertThatThrownBy(() -> DemoAssets.find(
                        name -> {
                            throw new AssetException(Kind.INTERRUPTED, "stop");
                        },
                        notes::add))
                .hasMessage("stop");
        assertThat(notes).isEmpty();
    }

    @Test
    void theCatalogKnowsAllOfThem() {
        assertThat(AssetCatalog.standard().names())
                .contains(DemoAssets.MODEL, DemoAssets.OWN_MODEL, DemoAssets.COOL_CLIP, DemoAssets.HOT_CLIP);
    }
}
