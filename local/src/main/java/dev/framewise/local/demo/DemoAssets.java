package dev.framewise.local.demo;

import dev.framewise.local.Clip;
import dev.framewise.vision.asset.AssetException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the demo shows and sees with. Where the usual detector is not to be had, Framewise's own takes its place, which needs nobody; where
 * one of the two clips is not to be had, both cameras show the other.
 *
 * @param model the detector
 * @param cool what the camera in the shade shows
 * @param hot what the camera in the sun shows
 */
record DemoAssets(Path model, Clip cool, Clip hot) {
    static final String MODEL = "yolox-nano-416";
    static final String OWN_MODEL = "framewise-person-416";
    static final String COOL_CLIP = "pets09-s2l1";
    static final String HOT_CLIP = "one-by-one-person-detection";

    /**
     * Finds them.
     *
     * @param locate the path of an asset by its name; fails with {@link AssetException}
     * @param notes gets a line for each thing that is another one
     * @throws AssetException if neither clip is to be had, or somebody pressed Ctrl-C
     */
    static DemoAssets find(Function<String, Path> locate, Consumer<String> notes) {
        Path model = orElse(
                locate,
                MODEL,
                OWN_MODEL,
                notes,
                "; our own detector takes its place: smaller, and it knows people in these two scenes only");
        return new DemoAssets(
                model, clipOrElse(locate, COOL_CLIP, HOT_CLIP, notes), clipOrElse(locate, HOT_CLIP, COOL_CLIP, notes));
    }

    private static Path orElse(
            Function<String, Path> locate, String name, String other, Consumer<String> notes, String consequence) {
        try {
            return locate.apply(name);
        } catch (AssetException e) {
            requireAbsent(e);
            notes.accept(name + " is not to be had" + consequence);
            return locate.apply(other);
        }
    }

    private static Clip clipOrElse(Function<String, Path> locate, String name, String other, Consumer<String> notes) {
        try {
            return new Clip(name, locate.apply(name));
        } catch (AssetException e) {
            requireAbsent(e);
            try {
                Clip clip = new Clip(other, locate.apply(other));
                notes.accept(name + " is not to be had; its camera shows " + other);
                return clip;
            } catch (AssetException both) {
                e.addSuppressed(both);
                throw e;
            }
        }
    }

    private static void requireAbsent(AssetException failure) {
        if (failure.kind() == AssetException.Kind.INTERRUPTED || failure.kind() == AssetException.Kind.UNKNOWN_NAME) {
            throw failure;
        }
    }
}
