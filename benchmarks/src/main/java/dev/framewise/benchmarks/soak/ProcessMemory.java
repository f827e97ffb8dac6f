package dev.framewise.benchmarks.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;

/**
 * What this process holds at a moment.
 *
 * @param rssMebibytes resident memory, as Linux counts it (VmRSS, proc(5))
 * @param outsideHeapMebibytes resident memory less what Java has committed for its heap: code, classes, threads, direct buffers, and
 *     what ONNX Runtime, OpenCV and FFmpeg have taken
 * @param nativeMebibytes what JavaCPP has allocated and not freed, of that
 * @param liveHeapMebibytes heap that the last full collection left
 * @param threads of Java
 * @param fileDescriptors that are open
 */
public record ProcessMemory(
        double rssMebibytes,
        double outsideHeapMebibytes,
        double nativeMebibytes,
        double liveHeapMebibytes,
        int threads,
        int fileDescriptors) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final double KIBIBYTES = 1 << 10;
    private static final double MEBIBYTE = 1 << 20;

    /** Collects garbage and reads. */
    public static ProcessMemory now() throws IOException {
        System.gc();
        double rss = resident();
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            return new ProcessMemory(
                    rss,
                    rss - heap.getCommitted() / MEBIBYTE,
                    Pointer.totalBytes() / MEBIBYTE,
                    heap.getUsed() / MEBIBYTE,
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    (int) descriptors.count());
        }
    }

    private static double resident() throws IOException {
        List<String> lines = Files.readAllLines(STATUS);
        for (String line : lines) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / KIBIBYTES;
            }
        }
        throw new IOException(STATUS + " has no line VmRSS; this benchmark needs Linux");
    }
}
