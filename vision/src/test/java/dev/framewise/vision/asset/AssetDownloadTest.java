package dev.framewise.vision.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetDownloadTest {
    @TempDir
    private Path folder;

    private final byte[] content = new byte[300_000];
    private TestingFileServer server;
    private TestingCatalog catalog;

    @BeforeEach
    void start() throws IOException {
        new Random(7).nextBytes(content);
        server = new TestingFileServer(content);
        catalog = new TestingCatalog(folder, content).from(server.address());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void fetchesOnceThenFindsItInTheCache() throws IOException {
        assertFetched();
        assertThat(server.requests()).isEqualTo(1);
        assertThat(catalog.progressBytes).isSorted().startsWith(0L).endsWith((long) content.length);

        assertFetched();
        assertThat(server.requests()).isEqualTo(1);
        assertThat(catalog.pauses).isEmpty();
    }

    @Test
    void goesOnWhereATransferBrokeOff() throws IOException {
        server.then(TestingFileServer.truncatedAfter(100_000)).then(TestingFileServer.truncatedAfter(50_000));
        assertFetched();
        assertThat(server.header(0, "Range")).isNull();
        assertThat(server.header(1, "Range")).isEqualTo("bytes=100000-");
        assertThat(server.header(1, "If-range")).isEqualTo("\"v1\"");
        assertThat(server.header(2, "Range")).isEqualTo("bytes=150000-");
        assertThat(catalog.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void aLaterProcessGoesOnWhereAnEarlierOneGaveUp() throws IOException {
        for (int i = 0; i < 3; i++) {
            server.then(TestingFileServer.truncatedAfter(20_000));
        }
        assertNotFound("gave up after 3 attempts");
        assertFetched();
        assertThat(server.header(3, "Range")).isEqualTo("bytes=60000-");
        assertThat(server.requests()).isEqualTo(4);
    }

    @Test
    void startsOverWhereTheServerIgnoresTheRange() throws IOException {
        server.then(TestingFileServer.truncatedAfter(100_000)).then(TestingFileServer.whole());
        assertFetched();
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void startsOverWhereTheServerAnswersAnotherRange() throws IOException {
        server.then(TestingFileServer.truncatedAfter(100_000)).then(TestingFileServer.anotherRange());
        assertFetched();
        assertThat(server.header(2, "Range")).isNull();
    }

    @Test
    void startsOverWhereTheServerRefusesTheRange() throws IOException {
        server.then(TestingFileServer.truncatedAfter(100_000)).then(TestingFileServer.status(416));
        assertFetched();
        assertThat(server.header(2, "Range")).isNull();
    }

    @Test
    void noticesABodyThatEndsEarlyWithoutALength() throws IOException {
        server.then(TestingFileServer.shortWithoutLength(1_000));
        assertFetched();
        assertThat(server.header(1, "Range")).isEqualTo("bytes=1000-");
    }

    @Test
    void leavesATransferThatStalls() throws IOException {
        catalog.stallTimeout = Duration.ofMillis(300);
        server.then(server.stalledAfter(100_000)).then(server.silent());
        assertFetched();
        assertThat(server.header(2, "Range")).isEqualTo("bytes=100000-");
        assertThat(catalog.notes).anyMatch(note -> note.contains("stalled"));
    }

    @Test
    void fetchesACorruptFileOnceMore() throws IOException {
        server.then(TestingFileServer.corrupt());
        assertFetched();
        assertThat(server.requests()).isEqualTo(2);
        assertThat(server.header(1, "Range")).isNull();
    }

    @Test
    void neverKeepsAFileThatIsCorruptTwice() throws IOException {
        server.then(TestingFileServer.corrupt()).then(TestingFileServer.corrupt());
        AssetException failure =
                catchThrowableOfType(AssetException.class, () -> catalog.build().locate(TestingCatalog.NAME));
        assertThat(failure.kind()).isEqualTo(AssetException.Kind.HASH);
        assertThat(failure).hasMessageContaining("gave other bytes: expected 300000 bytes, SHA-256");
        assertThat(server.requests()).isEqualTo(2);
        assertNothingKept();
    }

    @Test
    void tellsASignInPageFromTheFile() throws IOException {
        server.then(TestingFileServer.page("please sign in")).then(TestingFileServer.page("please sign in"));
        AssetException failure =
                catchThrowableOfType(AssetException.class, () -> catalog.build().locate(TestingCatalog.NAME));
        assertThat(failure.kind()).isEqualTo(AssetException.Kind.HASH);
        assertThat(failure).hasMessageContaining("expected 300000 bytes, it announces 14");
        assertNothingKept();
    }

    @Test
    void stopsReadingAServerThatSendsTooMuch() throws IOException {
        server.then(TestingFileServer.endless()).then(TestingFileServer.endless());
        assertThatThrownBy(() -> catalog.build().locate(TestingCatalog.NAME))
                .hasMessageContaining("sends more than the expected 300000 bytes");
        assertNothingKept();
    }

    @Test
    void retriesAServerInTroubleButNotAMissingPage() throws IOException {
        server.then(TestingFileServer.status(500)).then(TestingFileServer.status(503));
        assertFetched();
        assertThat(server.requests()).isEqualTo(3);

        Files.delete(catalog.cached());
        server.then(TestingFileServer.status(404));
        assertNotFound("answered HTTP 404");
        assertThat(server.requests()).isEqualTo(4);
    }

    @Test
    void followsRedirectsButNotForEver() throws IOException {
        server.then(TestingFileServer.redirectTo("/elsewhere"));
        assertFetched();
        assertThat(server.requests()).isEqualTo(2);

        Files.delete(catalog.cached());
        for (int i = 0; i < 20; i++) {
            server.then(TestingFileServer.redirectTo("/round"));
        }
        assertNotFound("answered HTTP 302");
        assertThat(server.requests()).isLessThan(2 + 20);
    }

    @Test
    void goesOnAfterARedirect() throws IOException {
        server.then(TestingFileServer.truncatedAfter(100_000)).then(TestingFileServer.redirectTo("/elsewhere"));
        assertFetched();
        assertThat(server.header(2, "Range")).isEqualTo("bytes=100000-");
    }

    @Test
    void triesTheNextAddress() throws IOException {
        server.then(TestingFileServer.status(404));
        catalog.from(URI.create(server.address() + "-mirror"));
        assertFetched();
    }

    @Test
    void acceptsThePublishersOwnEditionAndSaysSo() throws IOException {
        byte[] edition = "another export of the same network".getBytes(StandardCharsets.US_ASCII);
        try (TestingFileServer publisher = new TestingFileServer(edition)) {
            catalog = new TestingCatalog(folder, content)
                    .from(new Asset.Source(
                            publisher.address(), TestingCatalog.fingerprint(folder, edition), "another export"));
            assertThat(catalog.build().locate(TestingCatalog.NAME)).hasBinaryContent(edition);
            assertThat(catalog.notes).contains("clip: another export");
            assertThat(catalog.build().locate(TestingCatalog.NAME)).hasBinaryContent(edition);
            assertThat(publisher.requests()).isEqualTo(1);
        }
    }

    @Test
    void twoThreadsFetchAFileOnce() throws IOException {
        AssetCatalog shared = catalog.build();
        CompletableFuture<Path> other = CompletableFuture.supplyAsync(() -> shared.locate(TestingCatalog.NAME));
        assertThat(shared.locate(TestingCatalog.NAME)).hasBinaryContent(content);
        assertThat(other.join()).hasBinaryContent(content);
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() {
        Thread caller = Thread.currentThread();
        server.then((exchange, bytes) -> {
            caller.interrupt();
            server.silent().give(exchange, bytes);
        });
        assertInterrupted();
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void anInterruptBeforeTheCallIsNoFailureOfAFile() {
        Thread.currentThread().interrupt();
        assertInterrupted();
        assertThat(server.requests()).isZero();
    }

    private void assertInterrupted() {
        AssetException failure =
                catchThrowableOfType(AssetException.class, () -> catalog.build().locate(TestingCatalog.NAME));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.kind()).isEqualTo(AssetException.Kind.INTERRUPTED);
    }

    private void assertFetched() throws IOException {
        assertThat(catalog.build().locate(TestingCatalog.NAME))
                .isEqualTo(catalog.cached())
                .hasBinaryContent(content);
        try (Stream<Path> files = Files.list(catalog.cached().getParent())) {
            assertThat(files).containsExactly(catalog.cached());
        }
    }

    private void assertNotFound(String reason) {
        AssetException failure =
                catchThrowableOfType(AssetException.class, () -> catalog.build().locate(TestingCatalog.NAME));
        assertThat(failure.kind()).isEqualTo(AssetException.Kind.NOT_FOUND);
        assertThat(failure).hasMessageContaining(reason);
        assertThat(catalog.cached()).doesNotExist();
    }

    private void assertNothingKept() throws IOException {
        try (Stream<Path> files = Files.list(catalog.cached().getParent())) {
            assertThat(files).isEmpty();
        }
    }
}
