package dev.framewise.local.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The archives as they are made from this checkout: what is in them, and whether one runs. */
class ArchiveIT {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    /** Of a file of either system. */
    private static final int ELF = 0x7f454c46;

    private static final int ELF_X64 = 62;
    private static final int ELF_ARM64 = 183;
    private static final List<Integer> MACH_O = List.of(0xcffaedfe, 0xcefaedfe, 0xfeedface, 0xfeedfacf);
    private static final int WINDOWS = 0x4d5a;
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    static Path made;

    @TempDir
    Path directory;

    private static List<Path> archives;

    @BeforeAll
    static void make() throws IOException {
        archives = make(made.resolve("out"));
    }

    @Test
    void eachHoldsTheNativeCodeOfItsPlatformAlone() throws Exception {
        assertThat(archives).hasSize(2);
        assertNativesOf(archives.get(0), "elf " + ELF_ARM64);
        assertNativesOf(archives.get(1), "elf " + ELF_X64);
    }

    /** Machine code of one kind alone, and of everything that has some: to forget one would show on the board only. */
    private static void assertNativesOf(Path archive, String machine) throws IOException {
        Map<String, List<String>> machines = machines(archive);
        assertThat(machines.keySet()).containsExactly(machine);
        assertThat(machines.get(machine))
                .anyMatch(name -> name.contains("libavcodec.so"))
                .anyMatch(name -> name.contains("libopencv_imgproc.so"))
                .anyMatch(name -> name.contains("libopenblas"))
                .anyMatch(name -> name.contains("libonnxruntime4j_jni.so"))
                .anyMatch(name -> name.contains("libsqlitejdbc.so"))
                .anyMatch(name -> name.contains("libzstd"))
                .anyMatch(name -> name.contains("libjnijavacpp.so"));
    }

    @Test
    void theSameGivesTheSameBytes() throws Exception {
        Path jar = Path.of(CommandLine.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        GatewayArchive archive = new GatewayArchive(REPOSITORY, Platform.LINUX_ARM64, "1");
        Path once = archive.write(List.of(jar), directory.resolve("once"));

        assertThat(archive.write(List.of(jar), directory.resolve("again"))).hasSameBinaryContentAs(once);
    }

    @Test
    void oneRunsWithItsExampleAsItIsUnpacked() throws Exception {
        Path archive = archives.get(1);
        run(directory, "tar", "-xzf", archive.toString(), "--strip-components=1");
        Path example = directory.resolve("conf/gateway.yml");
        String text = Files.readString(example)
                .replace("kafka.example:9092", "127.0.0.1:1")
                .replace("/dev/video0", "test:320x240@15")
                .replace("/var/lib/framewise", directory.resolve("state").toString());
        Files.writeString(example, text);

        Process check = start(directory, "bin/framewise", "gateway", "--config", example.toString(), "--check");
        String said = said(check);

        assertThat(said)
                .contains("camera board-1-camera  ok")
                .contains("a picture of 320x240")
                .contains("kafka                  failed  127.0.0.1:1")
                .contains("disk                   ");
        assertThat(check.exitValue()).as("Kafka is away").isEqualTo(1);
    }

    private static List<Path> make(Path out) throws IOException {
        String before = System.setProperty("framewise.home", REPOSITORY.toString());
        try {
            assertThat(new CommandLine(new ArchiveCommand()).execute("--out", out.toString()))
                    .isZero();
        } finally {
            System.setProperty("framewise.home", before);
        }
        try (var files = Files.list(out)) {
            return files.sorted().toList();
        }
    }

    /** By kind of machine: the files of machine code, whatever they are called. */
    private static Map<String, List<String>> machines(Path archive) throws IOException {
        Map<String, List<String>> machines = new TreeMap<>();
        read(archive, (name, head) -> {
            // one for two machines begins as a Java class does: its name tells
            String machine = name.matches(".*\\.(dylib|jnilib)") ? "mach-o" : machine(head);
            if (!machine.isEmpty()) {
                machines.computeIfAbsent(machine, key -> new ArrayList<>()).add(name);
            }
        });
        return machines;
    }

    private static String machine(byte[] head) {
        if (head.length < 20) {
            return "";
        }
        ByteBuffer header = ByteBuffer.wrap(head);
        int magic = header.getInt(0);
        if (magic == ELF) {
            return "elf " + header.order(ByteOrder.LITTLE_ENDIAN).getShort(18);
        }
        return MACH_O.contains(magic) ? "mach-o" : magic >>> 16 == WINDOWS ? "windows" : "";
    }

    private interface Reader {
        void read(String name, byte[] head);
    }

    /** The first bytes of every file in every jar. */
    private static void read(Path archive, Reader reader) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (!entry.getName().endsWith(".jar")) {
                    continue;
                }
                ZipInputStream jar = new ZipInputStream(new ByteArrayInputStream(tar.readAllBytes()));
                for (ZipEntry inner = jar.getNextEntry(); inner != null; inner = jar.getNextEntry()) {
                    reader.read(inner.getName(), jar.readNBytes(20));
                }
            }
        }
    }

    private static void run(Path in, String... command) throws Exception {
        Process process = start(in, command);
        String said = said(process);
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static Process start(Path in, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private static String said(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(said).isTrue();
        return said;
    }
}
