package dev.framewise.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.gateway.TestingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
    @TempDir
    Path directory;

    private final TestingClock time = new TestingClock();
    private Path file;
    private FileWatch watch;

    @BeforeEach
    void begin() throws IOException {
        file = Files.writeString(directory.resolve("ca.pem"), "one");
        watch = new FileWatch(Set.of(file), time);
    }

    @Test
    void aChangeIsToldOnceWhenItHasSettled() throws IOException {
        assertThat(look()).isFalse();
        Files.writeString(file, "tw");
        assertThat(look()).as("perhaps it is still being written").isFalse();
        Files.writeString(file, "two");
        assertThat(look()).isFalse();
        assertThat(look()).isTrue();
        assertThat(look()).isFalse();
    }

    @Test
    void theSameContentAnewIsNoChange() throws IOException {
        Files.delete(file);
        assertThat(look()).as("gone").isFalse();
        assertThat(look()).isFalse();
        Files.writeString(file, "one");
        assertThat(look()).isFalse();
        assertThat(look()).isFalse();
    }

    @Test
    void nobodyLooksTooOften() throws IOException {
        Files.writeString(file, "two");
        assertThat(watch.haveChanged()).isFalse();
        assertThat(watch.haveChanged()).isFalse();
        assertThat(look()).isFalse();
        assertThat(watch.haveChanged()).as("a second later").isFalse();
        assertThat(look()).isTrue();
    }

    private boolean look() {
        time.advance(FileWatch.LOOK);
        return watch.haveChanged();
    }
}
