package dev.framewise.gateway.directive;

import dev.framewise.schemas.Directive;

/**
 * What a directive wants of the pictures themselves; each may be absent.
 *
 * @param jpegQuality 1 to 100; null for the camera's own
 * @param maxWidth pixels, at least {@link #LEAST_WIDTH}; null for the camera's own. Narrower pictures stay as they are
 * @param modelVariant the model to ask for; null for no wish
 */
public record PictureOrder(Integer jpegQuality, Integer maxWidth, String modelVariant) {
    /** Nothing is wanted: pictures go as they come. */
    public static final PictureOrder NONE = new PictureOrder(null, null, null);

    /** Smaller pictures show nothing, pixels. */
    public static final int LEAST_WIDTH = 16;

    static PictureOrder of(Directive directive) {
        return new PictureOrder(directive.getJpegQuality(), directive.getMaxWidth(), directive.getModelVariant());
    }

    /** What is wrong with it; null where nothing is. */
    String problem() {
        if (jpegQuality != null && (jpegQuality < 1 || jpegQuality > 100)) {
            return "jpegQuality = " + jpegQuality + " must be 1 to 100";
        }
        if (maxWidth != null && maxWidth < LEAST_WIDTH) {
            return "maxWidth = " + maxWidth + " must be at least " + LEAST_WIDTH;
        }
        return modelVariant != null && modelVariant.isBlank() ? "modelVariant is blank" : null;
    }
}
