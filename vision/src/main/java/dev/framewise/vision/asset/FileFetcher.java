package dev.framewise.vision.asset;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Fetches files that are known by size and SHA-256 into a cache folder, each once: {@code <cache>/<sha256>/<name>}.
 *
 * <p>Addresses: {@code file}, {@code http} and {@code https} (resumed where they broke off), and those of further
 * {@link ByteSource}s. A file is complete and has the right bytes, or is not there. Two subtasks of a machine that want the
 * same file wait for each other. Thread-safe; blocks for as long as a transfer takes.
 */
public final class FileFetcher {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path cacheDirectory;
    private final Downloader downloader;
    private final List<ByteSource> sources;

    /**
     * @param cacheDirectory made when something is fetched
     * @param sources for addresses that are neither {@code file} nor {@code http}
     */
    public FileFetcher(
            Path cacheDirectory, DownloadOptions options, DownloadProgress progress, List<ByteSource> sources) {
        this.cacheDirectory = cacheDirectory;
        this.downloader = new Downloader(options, progress, length -> Thread.sleep(length.toMillis()));
        this.sources = List.copyOf(sources);
    }

    /**
     * The path of the file, fetched where it must be; its bytes were checked in this very call. To be read only.
     *
     * @param name file name in the cache, without folders
     * @throws WrongBytesException if the address gives other bytes
     * @throws RefusedException if it cannot be had there, however often it is asked for
     * @throws IOException if it cannot be had now
     */
    @SuppressWarnings("try") // the lock is held, not used
    public Path fetch(URI address, Fingerprint wanted, String name) throws IOException, InterruptedException {
        Path target = cacheDirectory.resolve(wanted.sha256()).resolve(name);
        if (holds(target, wanted)) {
            return target;
        }
        try (CacheLock lock = CacheLock.acquire(cacheDirectory)) {
            // whoever held the lock before may have fetched this very file
            if (!holds(target, wanted)) {
                Files.createDirectories(target.getParent());
                transfer(address, wanted, name, target);
            }
            return target;
        }
    }

    private static boolean holds(Path file, Fingerprint wanted) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == wanted.sizeBytes()
                && Fingerprint.of(file).equals(wanted);
    }

    private void transfer(URI address, Fingerprint wanted, String name, Path target)
            throws IOException, InterruptedException {
        String scheme = Optional.ofNullable(address.getScheme()).orElse("");
        if (scheme.equals("http") || scheme.equals("https")) {
            downloader.download(name, new Asset.Source(address, wanted, /* remark= */ ""), target);
        } else if (scheme.equals("file")) {
            Path file = local(address);
            if (!Files.isRegularFile(file)) {
                throw new RefusedException(file + ": no such file on this machine");
            }
            try (InputStream in = Files.newInputStream(file)) {
                copy(in, wanted, target);
            }
        } else {
            ByteSource source = sources.stream()
                    .filter(one -> one.opens(address))
                    .findFirst()
                    .orElseThrow(() -> new RefusedException("'" + scheme + "' is no known kind of address"));
            try (InputStream in = source.open(address)) {
                copy(in, wanted, target);
            } catch (RuntimeException e) {
                // Clients of object storage throw their own: no credentials, no region, a connection that broke.
                throw new IOException("its storage refuses: " + e.getMessage(), e);
            }
        }
    }

    private static Path local(URI address) throws RefusedException {
        try {
            return Path.of(address);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(address + " is no path: " + e.getMessage(), e);
        }
    }

    private static void copy(InputStream in, Fingerprint wanted, Path target) throws IOException {
        PartFile part = new PartFile(target, wanted);
        try (FileChannel out = part.open(/* startOver= */ true, Optional.empty())) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long sizeBytes = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sizeBytes += n;
                if (sizeBytes > wanted.sizeBytes()) {
                    break;
                }
                for (ByteBuffer block = ByteBuffer.wrap(buffer, 0, n); block.hasRemaining(); ) {
                    out.write(block);
                }
            }
            out.force(/* metaData= */ true);
            if (sizeBytes != wanted.sizeBytes()) {
                throw wrong(
                        part,
                        "gave " + (sizeBytes > wanted.sizeBytes() ? "more than the " : sizeBytes + " of the ")
                                + wanted.sizeBytes() + " bytes that were announced");
            }
        }
        Fingerprint found = part.fingerprint();
        if (!found.equals(wanted)) {
            throw wrong(part, "gave other bytes: expected " + wanted + ", got " + found);
        }
        part.complete();
    }

    private static WrongBytesException wrong(PartFile part, String message) throws IOException {
        part.delete();
        return new WrongBytesException(message);
    }
}
