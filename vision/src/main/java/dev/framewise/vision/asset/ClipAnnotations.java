package dev.framewise.vision.asset;

import java.util.Map;
import java.util.Optional;

/** Which annotations of the catalog belong to which of its clips. */
public final class ClipAnnotations {
    private static final Map<String, String> BY_CLIP = Map.of("pets09-s2l1", "mot15/PETS09-S2L1/gt");

    private ClipAnnotations() {}

    /** The catalog's name of a clip's annotations in MOT format; empty if it knows none. */
    public static Optional<String> of(String clip) {
        return Optional.ofNullable(BY_CLIP.get(clip));
    }
}
