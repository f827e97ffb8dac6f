package dev.framewise.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OverlayPageTest {
    private final OverlayPage page = new OverlayPage(/* port= */ 0);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        page.close();
    }

    @Test
    void thePageShowsTheStream() throws Exception {
        assertThat(http.send(request("/"), HttpResponse.BodyHandlers.ofString()).body())
                .contains("<img src=\"/stream\"");
    }

    @Test
    void whoLooksGetsTheNewestAndNobodyWaitsForHim() throws Exception {
        assertThat(page.isWatched()).isFalse();
        page.show(new byte[] {1, 2});
        try (InputStream stream = http.send(request("/stream"), HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            await().atMost(Duration.ofSeconds(30)).until(page::isWatched);
            assertThat(next(stream)).isEqualTo(new byte[] {1, 2});

            page.show(new byte[] {3});
            assertThat(next(stream)).isEqualTo(new byte[] {3});
        }
        // whoever has gone is noticed when something is sent to him
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            page.show(new byte[10_000]);
            return !page.isWatched();
        });
    }

    private static byte[] next(InputStream stream) throws Exception {
        int length = -1;
        for (String line = line(stream); !line.isEmpty(); line = line(stream)) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        byte[] picture = stream.readNBytes(length);
        assertThat(line(stream)).isEmpty();
        return picture;
    }

    private static String line(InputStream stream) throws Exception {
        StringBuilder line = new StringBuilder();
        for (int c = stream.read(); c != '\n'; c = stream.read()) {
            assertThat(c).as("the stream goes on").isNotNegative();
            line.append((char) c);
        }
        return new String(line.toString().strip().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + path))
                .build();
    }
}
