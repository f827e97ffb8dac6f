package dev.framewise.vision.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFetcherTest {
    private static final URI LOCKED = URI.create("s3://locked/model.onnx");
    private static final URI OBJECT = URI.create("s3://bucket/model.onnx");

    @TempDir
    Path directory;

    private final byte[] content = new byte[200_000];
    private final AtomicInteger opened = new AtomicInteger();
    private Path original;
    private Fingerprint wanted;

    @BeforeEach
    void write() throws IOException {
        new Random(/* seed= */ 1).nextBytes(content);
        original = Files.write(directory.resolve("original"), content);
        wanted = Fingerprint.of(original);
    }

    @Test
    void aFileIsCopiedOnceAndNeedsItsOriginalNoMore() throws Exception {
        Path fetched = fetcher().fetch(original.toUri(), wanted, "model.onnx");
        assertThat(fetched).hasBinaryContent(content).isNotEqualTo(original);
        Files.delete(original);
        assertThat(fetcher().fetch(original.toUri(), wanted, "model.onnx")).isEqualTo(fetched);
    }

    @Test
    void anHttpAddressIsFetchedOnAfterItBrokeOff() throws Exception {
        try (TestingFileServer server = new TestingFileServer(content).then(TestingFileServer.truncatedAfter(50_000))) {
            assertThat(fetcher().fetch(server.address(), wanted, "model.onnx")).hasBinaryContent(content);
            assertThat(server.header(1, "Range")).isEqualTo("bytes=50000-");
        }
    }

    @Test
    void severalThreadsFetchOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Path>> paths = IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() -> fetcher().fetch(OBJECT, wanted, "model.onnx")))
                    .toList();
            for (Future<Path> path : paths) {
                assertThat(path.get()).hasBinaryContent(content);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(opened).hasValue(1);
    }

    @Test
    void otherBytesMoreAndFewerAreRefusedAndLeaveNothingBehind() throws Exception {
        byte[] changed = content.clone();
        changed[100] ^= 1;
        refuses(WrongBytesException.class, changed, "gave other bytes");
        refuses(WrongBytesException.class, Arrays.copyOf(content, 199_999), "gave 199999 of the 200000 bytes");
        refuses(WrongBytesException.class, Arrays.copyOf(content, 900_000), "gave more than the 200000 bytes");
        try (Stream<Path> files = Files.walk(directory.resolve("cache"))) {
            assertThat(files.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
                    .containsExactly(".lock");
        }
    }

    @Test
    void whatCannotBeHadIsSaid() {
        assertThatThrownBy(() -> fetcher().fetch(directory.resolve("none").toUri(), wanted, "m"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> fetcher().fetch(URI.create("gopher://a/b"), wanted, "m"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'gopher' is no known kind of address");
        assertThatThrownBy(() -> fetcher().fetch(URI.create("file://host/b"), wanted, "m"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("is no path");
        assertThatThrownBy(() -> fetcher().fetch(URI.create("s3://bucket/none"), wanted, "m"))
                .isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> fetcher().fetch(LOCKED, wanted, "m"))
                .isInstanceOf(IOException.class)
                .hasMessage("its storage refuses: no credentials");
    }

    private void refuses(Class<? extends Exception> type, byte[] bytes, String message) throws IOException {
        Files.write(original, bytes);
        assertThatThrownBy(() -> fetcher().fetch(original.toUri(), wanted, "model.onnx"))
                .isInstanceOf(type)
                .hasMessageContaining(message);
    }

    private FileFetcher fetcher() {
        ByteSource objects = new ByteSource() {
            @Override
            public boolean opens(URI address) {
                return address.getScheme().equals("s3");
            }

            @Override
            public InputStream open(URI address) throws IOException {
                if (address.equals(LOCKED)) {
                    throw new IllegalStateException("no credentials");
                }
                if (!address.equals(OBJECT)) {
                    throw new FileNotFoundException(address.toString());
                }
                opened.incrementAndGet();
                return new ByteArrayInputStream(content);
            }
        };
        return new FileFetcher(
                directory.resolve("cache"),
                new DownloadOptions(Duration.ofSeconds(5), Duration.ofSeconds(5), 3, Duration.ofMillis(1)),
                DownloadProgress.lines(System.err),
                List.of(objects));
    }
}
