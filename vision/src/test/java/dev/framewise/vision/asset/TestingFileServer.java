package dev.framewise.vision.asset;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A publisher's server on this machine that misbehaves as it is told: one answer per request, in order; when they are used
 * up it behaves well, with ranges and an ETag.
 */
final class TestingFileServer implements Closeable {
    /** How one request is answered. */
    interface Answer {
        void give(HttpExchange exchange, byte[] content) throws IOException, InterruptedException;
    }

    private static final String ETAG = "\"v1\"";

    private final byte[] content;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Map<String, List<String>>> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    TestingFileServer(byte[] content) throws IOException {
        this.content = content;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), /* backlog= */ 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/file");
    }

    TestingFileServer then(Answer answer) {
        answers.add(answer);
        return this;
    }

    int requests() {
        return requests.size();
    }

    /** A header of the request of that number, counted from 0; null where it was not sent. */
    String header(int request, String name) {
        List<String> values = requests.get(request).get(name);
        return values == null ? null : values.get(0);
    }

    /** The whole file, whatever range was asked for. */
    static Answer whole() {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        };
    }

    /** Promises the file, or the range asked for, and hangs up after some bytes of it. */
    static Answer truncatedAfter(int bytes) {
        return (exchange, content) -> {
            int start = start(exchange);
            head(exchange, content, start);
            exchange.getResponseBody().write(content, start, bytes);
        };
    }

    /** Ends the body too early without ever having said how long it is. */
    static Answer shortWithoutLength(int bytes) {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, /* responseLength: chunked */ 0);
            exchange.getResponseBody().write(content, 0, bytes);
        };
    }

    /** Sends some bytes and then nothing, with the connection open, until the server is closed. */
    Answer stalledAfter(int bytes) {
        return (exchange, content) -> {
            head(exchange, content, start(exchange));
            exchange.getResponseBody().write(content, 0, bytes);
            exchange.getResponseBody().flush();
            closing.await();
        };
    }

    /** Takes the request and never answers. */
    Answer silent() {
        return (exchange, content) -> closing.await();
    }

    /** The right length, one byte wrong. */
    static Answer corrupt() {
        return (exchange, content) -> {
            byte[] wrong = content.clone();
            wrong[wrong.length / 2] ^= 1;
            exchange.sendResponseHeaders(200, wrong.length);
            exchange.getResponseBody().write(wrong);
        };
    }

    /** Another page altogether, as from a hotel's sign-in page. */
    static Answer page(String text) {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, text.length());
            exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
        };
    }

    /** More bytes than the file has, without saying so beforehand. */
    static Answer endless() {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, /* responseLength: chunked */ 0);
            exchange.getResponseBody().write(content);
            exchange.getResponseBody().write(content);
        };
    }

    static Answer status(int status) {
        return (exchange, content) -> exchange.sendResponseHeaders(status, /* no body */ -1);
    }

    static Answer redirectTo(String location) {
        return (exchange, content) -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, /* no body */ -1);
        };
    }

    /** Starts elsewhere than where it was asked to. */
    static Answer anotherRange() {
        return (exchange, content) -> {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes 1-" + (content.length - 1) + "/" + content.length);
            exchange.sendResponseHeaders(206, content.length - 1);
            exchange.getResponseBody().write(content, 1, content.length - 1);
        };
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(/* delaySeconds= */ 0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) {
        requests.add(Map.copyOf(exchange.getRequestHeaders()));
        Answer answer = answers.poll();
        try (exchange) {
            if (answer == null) {
                int start = start(exchange);
                head(exchange, content, start);
                exchange.getResponseBody().write(content, start, content.length - start);
            } else {
                answer.give(exchange, content);
            }
        } catch (IOException e) {
            // the client hung up, as it does when it has seen enough; what it made of that is what the test asserts
            exchange.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int start(HttpExchange exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        String version = exchange.getRequestHeaders().getFirst("If-Range");
        boolean sameVersion = version == null || version.equals(ETAG);
        return range == null || !sameVersion ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    }

    private static void head(HttpExchange exchange, byte[] content, int start) throws IOException {
        exchange.getResponseHeaders().set("ETag", ETAG);
        if (start > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + start + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(start > 0 ? 206 : 200, content.length - start);
    }
}
