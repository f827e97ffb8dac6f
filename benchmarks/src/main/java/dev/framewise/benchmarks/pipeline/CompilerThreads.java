package dev.framewise.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** CPU time of the JIT compiler's threads, which Java itself does not tell: Linux keeps it by thread. */
final class CompilerThreads {
    /** What all of them are called here; the system cuts their names off. */
    static final String NAME = "C2 CompilerThread";

    private static final Path TASKS = Path.of("/proc/self/task");
    /** Of the kernel's clock ticks, 100 a second on every Linux we run on. */
    private static final long NANOS_PER_TICK = 10_000_000;
    /** Places of the times in user and in kernel mode, counted behind the name; see proc(5). */
    private static final int USER_TICKS = 11;

    private static final int KERNEL_TICKS = 12;

    private CompilerThreads() {}

    /** CPU nanoseconds so far, by number of the thread; nothing where there is no such list. */
    static Map<Long, Long> nanos() {
        Map<Long, Long> nanos = new HashMap<>();
        if (!Files.isDirectory(TASKS)) {
            return nanos;
        }
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                String stat = read(task.resolve("stat"));
                int nameEnd = stat.lastIndexOf(')');
                String name = nameEnd < 0 ? "" : stat.substring(stat.indexOf('(') + 1, nameEnd);
                if (name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler")) {
                    String[] fields = stat.substring(nameEnd + 2).split(" ");
                    long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[KERNEL_TICKS]);
                    nanos.put(Long.parseLong(task.getFileName().toString()), ticks * NANOS_PER_TICK);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + TASKS, e);
        }
        return nanos;
    }

    /** A thread that has just ended leaves nothing to read. */
    private static String read(Path stat) {
        try {
            return Files.readString(stat);
        } catch (IOException e) {
            return "";
        }
    }
}
