package dev.framewise.vision.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class QuietThreadsTest {
    /** Of the fields of /proc/PID/stat behind the name: proc(5) numbers it 19, and the first behind the name 3. */
    private static final int NICE_FIELD = 19 - 3;

    @Test
    @EnabledOnOs(OS.LINUX)
    void theThreadGivesWayAndItsMakerDoesNot() throws Exception {
        int before = nice();
        ExecutorService quiet = Executors.newSingleThreadExecutor(new QuietThreads("quiet"));
        try {
            assertThat(quiet.submit(QuietThreadsTest::nice).get()).isEqualTo(Math.max(before, QuietThreads.NICE));
            assertThat(nice()).isEqualTo(before);
        } finally {
            quiet.shutdownNow();
        }
    }

    private static int nice() throws IOException {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[NICE_FIELD]);
    }
}
