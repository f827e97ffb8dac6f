package dev.framewise.toolkit.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a model comes from, as JSON under one key of its metadata: what it was made of, how, on which data, and what a gate said. */
public final class Provenance {
    /** The key. */
    public static final String KEY = "framewise.provenance";

    private static final int VERSION = 1;
    private static final String RECIPE = "framewise.quantize.recipe";

    private Provenance() {}

    /**
     * Writes it into a model.
     *
     * @param sha256 of the file before; the gate must have looked at this one
     * @param gate what {@code model gate --json} wrote; empty if there was no gate
     * @throws ModelException if the gate did not let this model pass, or looked at another
     * @throws IOException if the gate's file cannot be read
     */
    public static void write(Graph graph, String sha256, Optional<Path> gate) throws ModelException, IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("version", VERSION).put("madeFromSha256", sha256);
        Map<String, String> metadata = graph.metadata();
        for (String key :
                new String[] {"framewise.quantize.parent", "framewise.fp16.parent", "framewise.export.parent"}) {
            if (metadata.containsKey(key)) {
                root.put("parentSha256", metadata.get(key));
            }
        }
        if (metadata.containsKey(RECIPE)) {
            JsonNode recipe = parse(mapper, metadata.get(RECIPE));
            root.set("calibrationSha256", recipe.path("calibrationSha256"));
            root.put("recipe", RECIPE);
        }
        if (gate.isPresent()) {
            root.set("gate", checked(mapper, gate.get(), sha256));
        }
        try {
            graph.setMetadata(KEY, mapper.writeValueAsString(root));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and names has a text", e);
        }
    }

    private static JsonNode parse(ObjectMapper mapper, String text) {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            // A recipe too long to be carried along is a sentence instead.
            return mapper.createObjectNode();
        }
    }

    private static JsonNode checked(ObjectMapper mapper, Path gate, String sha256) throws ModelException, IOException {
        JsonNode said = parse(mapper, Files.readString(gate));
        if (!said.path("candidateSha256").asText().equals(sha256)) {
            throw new ModelException(gate + ": is of a candidate of SHA-256 '"
                    + said.path("candidateSha256").asText() + "'; this model's is " + sha256 + ". Run the gate again.");
        }
        if (!said.path("accepted").asBoolean()) {
            throw new ModelException(gate + ": the gate did not let this model pass: " + said.path("reasons"));
        }
        return said;
    }
}
