package dev.framewise.vision.asset;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalog of one asset in folders of its own, with a clock that does not run. */
final class TestingCatalog {
    static final String NAME = "clip";
    static final String FILE = "video/clip.avi";

    final Path cache;
    final Path mirror;
    final List<Duration> pauses = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<Long> progressBytes = new ArrayList<>();
    PackageTool packages = (wanted, into) -> {
        throw new IOException("no packages on this machine");
    };
    Optional<Asset.DebianPackage> debianPackage = Optional.empty();
    List<Asset.Source> sources = List.of();
    Optional<String> resource = Optional.empty();
    String otherwise = "";
    Duration stallTimeout = Duration.ofSeconds(30);

    private final Fingerprint fingerprint;

    TestingCatalog(Path folder, byte[] content) throws IOException {
        cache = folder.resolve("cache");
        mirror = Files.createDirectories(folder.resolve("mirror"));
        fingerprint = fingerprint(folder, content);
    }

    static Fingerprint fingerprint(Path folder, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("content"), content);
        Fingerprint fingerprint = Fingerprint.of(file);
        Files.delete(file);
        return fingerprint;
    }

    /** Adds an address that gives the asset's own bytes. */
    TestingCatalog from(URI address) {
        return from(new Asset.Source(address, fingerprint, ""));
    }

    TestingCatalog from(Asset.Source source) {
        List<Asset.Source> all = new ArrayList<>(sources);
        all.add(source);
        sources = all;
        return this;
    }

    Path cached() {
        return cache.resolve(FILE);
    }

    AssetCatalog build() {
        DownloadProgress progress = new DownloadProgress() {
            @Override
            public void advanced(String name, long bytes, long totalBytes) {
                progressBytes.add(bytes);
            }

            @Override
            public void note(String line) {
                notes.add(line);
            }
        };
        DownloadOptions options = new DownloadOptions(
                Duration.ofSeconds(30), stallTimeout, /* attempts= */ 3, /* firstBackoff= */ Duration.ofSeconds(1));
        Asset asset = new Asset(NAME, FILE, fingerprint, "none", sources, resource, debianPackage, otherwise);
        return new AssetCatalog(
                Map.of(NAME, asset),
                new AssetLocations(cache, Optional.of(mirror)),
                new Downloader(options, progress, pauses::add),
                packages,
                progress);
    }
}
