package dev.framewise.toolkit.quantize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All that was decided: with the same model and the same pictures it gives the same file again, without a search.
 *
 * @param version of this format
 * @param parentSha256 the float model
 * @param calibrationSha256 the pixels of the pictures that ranges were read off
 * @param calibrationPictures their numbers, from 1
 * @param observer how ranges were read off
 * @param floatUnits names of the units that stay in float
 */
public record Recipe(
        int version,
        String parentSha256,
        String calibrationSha256,
        List<Integer> calibrationPictures,
        Observer observer,
        List<String> floatUnits) {
    static final int VERSION = 1;

    public Recipe {
        calibrationPictures = List.copyOf(calibrationPictures);
        floatUnits = List.copyOf(floatUnits);
    }

    /** As JSON, on one line. */
    public String toJson() {
        try {
            return new ObjectMapper().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a recipe of numbers and names has a text", e);
        }
    }

    /**
     * Reads one.
     *
     * @throws ModelException if it is none, or of another version
     * @throws IOException if the file cannot be read
     */
    public static Recipe read(Path file) throws IOException, ModelException {
        try {
            Recipe recipe = new ObjectMapper().readValue(Files.readString(file), Recipe.class);
            if (recipe.version() != VERSION) {
                throw new ModelException(file + ": is a recipe of version " + recipe.version() + "; this program reads "
                        + VERSION + ". Quantize anew.");
            }
            return recipe;
        } catch (JsonProcessingException e) {
            throw new ModelException(file + ": is no recipe: " + e.getOriginalMessage(), e);
        }
    }
}
