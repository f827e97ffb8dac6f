package dev.framewise.vision.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build itself needs a GPU; here it is a double that takes as long as the test says. */
class EngineBuildsTest {
    private static final String WHAT = "m.onnx (tensorrt)";

    @TempDir
    private Path cache;

    private final TestingHeart heart = new TestingHeart();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final EngineBuilds builds = new EngineBuilds(heart, heart, length -> heart.pass(length), lines::add);
    private Path folder;

    @BeforeEach
    void name() {
        folder = cache.resolve("engines").resolve("0123");
    }

    @Test
    void aBuildSaysEveryTenSecondsWhatItDoes() throws Exception {
        String opened = open(builds, () -> {
            heart.beat();
            heart.beat();
            return "session";
        });
        assertThat(opened).isEqualTo("session");
        assertThat(lines)
                .containsExactly(
                        "building the TensorRT engine of " + WHAT + ", which may take minutes; it will be kept in "
                                + folder,
                        "building the TensorRT engine of " + WHAT + ": 10 s; it will be kept in " + folder,
                        "building the TensorRT engine of " + WHAT + ": 20 s; it will be kept in " + folder,
                        "built the TensorRT engine of " + WHAT + " in 20 s, kept in " + folder);
        assertThat(heart.beats()).isFalse();
        assertThat(folder.resolve(EngineBuilds.COMPLETE)).hasContent("description");
    }

    @Test
    void theNextStartTakesWhatWasBuiltAndSaysNothing() throws Exception {
        open(builds, () -> "first");
        lines.clear();
        assertThat(open(builds, () -> "second")).isEqualTo("second");
        assertThat(lines).isEmpty();
    }

    @Test
    void aBuildThatFailedIsBegunAnew() throws Exception {
        assertThatThrownBy(() -> open(builds, () -> {
                    throw new OrtException("out of memory");
                }))
                .hasMessage("out of memory");
        assertThat(heart.beats()).isFalse();
        assertThat(lines).hasSize(1);
        open(builds, () -> "session");
        assertThat(lines.get(1)).startsWith("building");
        assertThat(lines.get(2)).startsWith("built");
    }

    /** Two subtasks of a TaskManager open the same model at once. */
    @Test
    void twoThatWantTheSameEngineBuildItOnce() throws Exception {
        AtomicInteger building = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        EngineBuilds patient = new EngineBuilds(
                heart,
                heart,
                length -> {
                    heart.pass(Duration.ofSeconds(6));
                    waiting.countDown();
                    await(finish);
                },
                lines::add);
        ExecutorService subtasks = Executors.newFixedThreadPool(2);
        try {
            Future<String> first = subtasks.submit(() -> open(builds, () -> {
                building.incrementAndGet();
                begun.countDown();
                await(finish);
                return "built";
            }));
            await(begun);
            Future<String> second = subtasks.submit(() -> open(patient, () -> "from the cache"));
            await(waiting);
            finish.countDown();
            assertThat(first.get(1, TimeUnit.MINUTES)).isEqualTo("built");
            assertThat(second.get(1, TimeUnit.MINUTES)).isEqualTo("from the cache");
        } finally {
            subtasks.shutdownNow();
        }
        assertThat(building).hasValue(1);
        assertThat(lines.stream().filter(line -> line.startsWith("building"))).hasSize(1);
    }

    @Test
    void whoWaitsSaysSo() throws Exception {
        Files.createDirectories(folder);
        try (FileChannel other =
                FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock held = other.lock();
            AtomicInteger looks = new AtomicInteger();
            EngineBuilds waiting = new EngineBuilds(
                    heart,
                    heart,
                    length -> {
                        heart.pass(Duration.ofSeconds(6));
                        if (looks.incrementAndGet() == 4) {
                            release(held);
                        }
                    },
                    lines::add);
            assertThat(open(waiting, () -> "session")).isEqualTo("session");
        }
        assertThat(lines)
                .startsWith(
                        "waiting for the TensorRT engine of " + WHAT + ", which another builds: 12 s",
                        "waiting for the TensorRT engine of " + WHAT + ", which another builds: 24 s");
    }

    @Test
    void aProviderThatBuildsNothingIsOpenedAtOnce() throws Exception {
        NetworkInput input = new NetworkInput("ab", "images", 416, 416, 1, 1);
        String opened = builds.<String, RuntimeException>open("m.onnx", new CpuOptions(), input, () -> "session");
        assertThat(opened).isEqualTo("session");
        assertThat(lines).isEmpty();
    }

    @Test
    void tensorRtIsBuiltInItsFolder() throws Exception {
        NetworkInput input = new NetworkInput("ab", "images", 416, 416, 1, 1);
        TensorRtOptions options = new TensorRtOptions(0, true, false, "", 0, -1, cache.toString(), true);
        builds.<String, RuntimeException>open("m.onnx", options, input, () -> "session");
        assertThat(EngineCache.folder(options, input).resolve(EngineBuilds.COMPLETE))
                .content()
                .contains("model ab", "options tensorrt:fp16=true\n", "batches images:1x3x416x416 to");
        assertThat(lines.get(0)).contains("m.onnx (" + options + ")");
    }

    /** ONNX Runtime looks for it there and nowhere else. */
    @Test
    void theCalibrationTableLiesBesideItsEngine() throws Exception {
        Path table = Files.writeString(Files.createDirectories(cache).resolve("table"), "ranges");
        NetworkInput input = new NetworkInput("ab", "images", 416, 416, 1, 1);
        TensorRtOptions options = new TensorRtOptions(0, false, true, table.toString(), 0, -1, cache.toString(), true);
        Path engines = EngineCache.folder(options, input);
        Path copy = engines.resolve(options.runtimeEntries(input).get("trt_int8_calibration_table_name"));
        builds.<String, RuntimeException>open("m.onnx", options, input, () -> {
            assertThat(copy).hasParentRaw(engines).hasContent("ranges");
            return "session";
        });
    }

    private String open(EngineBuilds with, EngineBuilds.Opening<String, RuntimeException> opening) throws Exception {
        return with.<String, RuntimeException>open(WHAT, "description", folder, opening);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void release(FileLock lock) {
        try {
            lock.release();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
