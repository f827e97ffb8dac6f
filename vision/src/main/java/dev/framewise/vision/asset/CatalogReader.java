package dev.framewise.vision.asset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code catalog.json}: our own file, so anything wrong in it is a bug and fails at once. */
final class CatalogReader {
    private static final int VERSION = 1;

    private CatalogReader() {}

    /** The assets by name, in the order of the file. */
    static Map<String, Asset> readResource() {
        try (InputStream in = CatalogReader.class.getResourceAsStream("catalog.json")) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("reading catalog.json from the class path", e);
        }
    }

    static Map<String, Asset> read(InputStream in) throws IOException {
        JsonNode root = new ObjectMapper().readTree(in);
        int version = root.path("version").asInt();
        if (version != VERSION) {
            throw new IllegalArgumentException("catalog of version " + version + ", this program reads " + VERSION);
        }
        Map<String, Asset> assets = new LinkedHashMap<>();
        for (JsonNode node : root.required("assets")) {
            Asset asset = asset(node);
            if (assets.put(asset.name(), asset) != null) {
                throw new IllegalArgumentException("the catalog names " + asset.name() + " twice");
            }
        }
        return assets;
    }

    private static Asset asset(JsonNode node) {
        Fingerprint fingerprint = fingerprint(node);
        List<Asset.Source> sources = new ArrayList<>();
        for (JsonNode source : node.required("sources")) {
            sources.add(new Asset.Source(
                    URI.create(source.required("address").asText()),
                    source.has("sha256") ? fingerprint(source) : fingerprint,
                    source.path("remark").asText()));
        }
        JsonNode debian = node.path("debian");
        return new Asset(
                node.required("name").asText(),
                node.required("file").asText(),
                fingerprint,
                node.required("licence").asText(),
                sources,
                node.has("resource") ? Optional.of(node.get("resource").asText()) : Optional.empty(),
                debian.isMissingNode()
                        ? Optional.empty()
                        : Optional.of(new Asset.DebianPackage(
                                debian.required("package").asText(),
                                debian.required("path").asText())),
                node.path("otherwise").asText());
    }

    private static Fingerprint fingerprint(JsonNode node) {
        return new Fingerprint(
                node.required("sizeBytes").asLong(), node.required("sha256").asText());
    }
}
