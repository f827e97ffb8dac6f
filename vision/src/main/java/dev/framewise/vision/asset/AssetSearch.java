package dev.framewise.vision.asset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One look for one asset, place by place, that remembers what it tried. Used once, on one thread. */
final class AssetSearch {
    private final Asset asset;
    private final AssetLocations locations;
    private final Downloader downloader;
    private final PackageTool packages;
    private final DownloadProgress progress;
    private final Path cached;
    private final List<String> tried = new ArrayList<>();
    private boolean metWrongBytes;

    AssetSearch(
            Asset asset,
            AssetLocations locations,
            Downloader downloader,
            PackageTool packages,
            DownloadProgress progress) {
        this.asset = asset;
        this.locations = locations;
        this.downloader = downloader;
        this.packages = packages;
        this.progress = progress;
        cached = locations.cacheDirectory().resolve(asset.file());
    }

    @SuppressWarnings("try") // the lock is held, not used
    Path find() {
        Optional<Path> found = check("cache", cached).or(this::inMirror);
        if (found.isPresent()) {
            return found.get();
        }
        if (asset.sources().isEmpty()
                && asset.debianPackage().isEmpty()
                && asset.resource().isEmpty()) {
            throw notFound();
        }
        try (CacheLock lock = CacheLock.acquire(locations.cacheDirectory())) {
            // whoever held the lock before may have fetched this very file
            if (Files.exists(cached) && check("cache", cached).isPresent()) {
                return cached;
            }
            return fromClassPath().or(this::fromPublisher).or(this::fromPackage).orElseThrow(this::notFound);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (IOException e) {
            failed("cache " + locations.cacheDirectory() + ": cannot be written: " + e, e);
            throw notFound();
        }
    }

    private Optional<Path> inMirror() {
        if (locations.mirrorDirectory().isEmpty()) {
            tried.add("mirror: none; " + AssetLocations.MIRROR_VARIABLE + " is not set");
            return Optional.empty();
        }
        return check("mirror", locations.mirrorDirectory().get().resolve(asset.file()));
    }

    private Optional<Path> check(String place, Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                tried.add(place + " " + file + ": no such file");
                return Optional.empty();
            }
            long sizeBytes = Files.size(file);
            if (!asset.acceptsSize(sizeBytes)) {
                metWrongBytes = true;
                tried.add(place + " " + file + ": has " + sizeBytes + " bytes");
                return Optional.empty();
            }
            Fingerprint found = Fingerprint.of(file);
            if (!asset.accepts(found)) {
                metWrongBytes = true;
                tried.add(place + " " + file + ": has " + found);
                return Optional.empty();
            }
            return Optional.of(file);
        } catch (IOException e) {
            failed(place + " " + file + ": cannot be read: " + e, e);
            return Optional.empty();
        }
    }

    private Optional<Path> fromClassPath() throws IOException {
        if (asset.resource().isEmpty()) {
            return Optional.empty();
        }
        String name = asset.resource().get();
        try (InputStream in = AssetSearch.class.getResourceAsStream(name)) {
            if (in == null) {
                tried.add("class path: holds no " + name);
                return Optional.empty();
            }
            Path folder = Files.createTempDirectory("framewise-resource");
            try {
                Path file = folder.resolve(name);
                Files.copy(in, file);
                if (check("class path", file).isEmpty()) {
                    return Optional.empty();
                }
                store(file);
                return Optional.of(cached);
            } finally {
                deleteRecursively(folder);
            }
        }
    }

    private Optional<Path> fromPublisher() {
        for (Asset.Source source : asset.sources()) {
            try {
                progress.note(asset.name() + ": fetching " + source.address());
                downloader.download(asset.name(), source, cached);
                if (!source.remark().isEmpty()) {
                    progress.note(asset.name() + ": " + source.remark());
                }
                return Optional.of(cached);
            } catch (IOException e) {
                metWrongBytes |= e instanceof WrongBytesException;
                failed(source.address() + ": " + e.getMessage(), e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        return Optional.empty();
    }

    private Optional<Path> fromPackage() {
        if (asset.debianPackage().isEmpty()) {
            return Optional.empty();
        }
        Asset.DebianPackage wanted = asset.debianPackage().get();
        String place = "Debian package " + wanted.name();
        progress.note(asset.name() + ": fetching the " + place);
        try {
            Path folder = Files.createTempDirectory("framewise-package");
            try {
                Optional<Path> file = check(place, packages.extract(wanted, folder));
                if (file.isPresent()) {
                    store(file.get());
                    return Optional.of(cached);
                }
            } finally {
                deleteRecursively(folder);
            }
        } catch (IOException e) {
            failed(place + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return Optional.empty();
    }

    private void store(Path file) throws IOException {
        Files.createDirectories(cached.getParent());
        Path copy = cached.resolveSibling(cached.getFileName() + ".copy");
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, cached, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void deleteRecursively(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** An interrupt reaches reads, writes and locks of files as a failure of the file: it is none. */
    private void failed(String line, IOException cause) {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(cause);
        }
        tried.add(line);
    }

    private AssetException interrupted(Exception cause) {
        Thread.currentThread().interrupt();
        return new AssetException(AssetException.Kind.INTERRUPTED, "interrupted while fetching " + asset.name(), cause);
    }

    private AssetException notFound() {
        StringBuilder message = new StringBuilder("asset " + asset.name() + " is not to be had. Tried, in this order:");
        for (String place : tried) {
            message.append("\n  - ").append(place);
        }
        message.append("\nIts file has ").append(asset.fingerprint()).append('.');
        message.append("\nWhat to do: set ")
                .append(AssetLocations.MIRROR_VARIABLE)
                .append(" to a folder that holds ")
                .append(asset.file());
        for (Asset.Source source : asset.sources()) {
            message.append("; or download ")
                    .append(source.address())
                    .append(" (")
                    .append(source.fingerprint())
                    .append(") to ")
                    .append(cached);
        }
        if (!asset.otherwise().isEmpty()) {
            message.append("; or ").append(asset.otherwise());
        }
        return new AssetException(
                metWrongBytes ? AssetException.Kind.HASH : AssetException.Kind.NOT_FOUND,
                message.append('.').toString());
    }
}
