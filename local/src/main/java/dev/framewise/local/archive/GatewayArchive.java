package dev.framewise.local.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Everything that a board needs but Java, in one {@code .tar.gz}: launcher, jars without the native code of other platforms,
 * settings, the systemd unit and the pages about options and metrics. The same input gives the same bytes.
 */
final class GatewayArchive {
    /** Of every file: archives that hold the same are the same. */
    private static final Instant DATE = Instant.parse("2026-01-01T00:00:00Z");

    private static final int PROGRAM = 0100755;
    private static final int FILE = 0100644;

    private final Path repository;
    private final Platform platform;
    private final String root;

    /** @param repository a checkout in which the gateway has been built */
    GatewayArchive(Path repository, Platform platform, String version) {
        this.repository = repository;
        this.platform = platform;
        this.root = "framewise-gateway-" + version + "-" + platform.id();
    }

    /**
     * Writes it.
     *
     * @param jars the gateway's own and all it needs at run time
     * @return the file
     */
    Path write(List<Path> jars, Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(root + ".tar.gz");
        Path fresh = directory.resolve(root + ".tar.gz.new");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh));
                GzipCompressorOutputStream gzip = new GzipCompressorOutputStream(out, stored());
                TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, String> each : files().entrySet()) {
                Path from = repository.resolve(each.getValue());
                add(tar, each.getKey(), Files.readAllBytes(from), Files.isExecutable(from) ? PROGRAM : FILE);
            }
            List<Path> sorted = new ArrayList<>(jars);
            sorted.sort(Comparator.comparing(jar -> jar.getFileName().toString()));
            for (Path jar : sorted) {
                String name = jar.getFileName().toString();
                if (platform.takesJar(name)) {
                    add(tar, "lib/" + name, stripped(jar), FILE);
                }
            }
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        return file;
    }

    /** The jars are compressed already: to do it again takes a minute of a slow core and makes them no smaller. */
    private static GzipParameters stored() {
        GzipParameters parameters = new GzipParameters();
        parameters.setCompressionLevel(Deflater.NO_COMPRESSION);
        return parameters;
    }

    /** What is not a jar: its place in the archive, and in the repository. */
    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("LICENSE", "LICENSE");
        files.put("INSTALL.md", "deploy/gateway/INSTALL.md");
        files.put("options.md", "gateway/options.md");
        files.put("metrics.md", "gateway/metrics.md");
        files.put("bin/framewise", "deploy/gateway/framewise");
        files.put("conf/gateway.yml", "deploy/gateway/gateway.yml");
        files.put("conf/jvm.options", "deploy/gateway/jvm.options");
        files.put("conf/log4j2.xml", "deploy/gateway/log4j2.xml");
        files.put("systemd/framewise-gateway.service", "deploy/systemd/framewise-gateway.service");
        return files;
    }

    private void add(TarArchiveOutputStream tar, String name, byte[] bytes, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(root + "/" + name);
        entry.setSize(bytes.length);
        entry.setMode(mode);
        entry.setModTime(DATE.toEpochMilli());
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    /**
     * A jar without what the platform has no use for, what stays as it was compressed. Signatures of what was signed whole go, too.
     */
    private byte[] stripped(Path jar) throws IOException {
        try (SeekableInMemoryByteChannel bytes = new SeekableInMemoryByteChannel((int) Files.size(jar))) {
            bytes.truncate(0); // room for the whole jar, and nothing in it yet
            try (ZipFile in = ZipFile.builder().setPath(jar).get();
                    ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes)) {
                for (ZipArchiveEntry entry : Collections.list(in.getEntriesInPhysicalOrder())) {
                    if (!entry.isDirectory() && !isSignature(entry.getName()) && platform.takesEntry(entry.getName())) {
                        out.addRawArchiveEntry(entry, in.getRawInputStream(entry));
                    }
                }
            }
            return Arrays.copyOf(bytes.array(), (int) bytes.size());
        }
    }

    private static boolean isSignature(String name) {
        return name.startsWith("META-INF/")
                && Set.of("SF", "RSA", "DSA", "EC").contains(name.substring(name.lastIndexOf('.') + 1));
    }
}
