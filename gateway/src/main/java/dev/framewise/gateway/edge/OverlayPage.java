package dev.framewise.gateway.edge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.framewise.gateway.GatewayException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A page on localhost that shows the pictures as they come: {@code /} for people, {@code /stream} for programs (multipart JPEG). Who is
 * slow misses pictures; nobody is waited for. Each viewer has a thread of its own.
 */
final class OverlayPage implements Overlay.Screen {
    private static final String BOUNDARY = "framewise";
    private static final byte[] PAGE = ("<!doctype html><title>Framewise</title>"
                    + "<body style=\"margin:0;background:#10151c\"><img src=\"/stream\" style=\"max-width:100%\">")
            .getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "edge-page");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger viewers = new AtomicInteger();
    private final Object news = new Object();
    private byte[] newest;
    private long number;
    private boolean closed;

    /**
     * Begins to answer.
     *
     * @param port of localhost; 0 for any free one
     * @throws GatewayException if the port is taken
     */
    OverlayPage(int port) {
        try {
            server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), /* backlog= */ 16);
        } catch (IOException e) {
            throw new GatewayException(
                    "--page " + port + " cannot be used (" + e.getMessage() + "); try another port", e);
        }
        server.createContext("/", OverlayPage::page);
        server.createContext("/stream", this::stream);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public boolean isWatched() {
        return viewers.get() > 0;
    }

    @Override
    public void show(byte[] jpeg) {
        synchronized (news) {
            newest = jpeg;
            number++;
            news.notifyAll();
        }
    }

    private static void page(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(200, PAGE.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(PAGE);
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        viewers.incrementAndGet();
        try (OutputStream out = exchange.getResponseBody()) {
            exchange.getResponseHeaders().set("Content-Type", "multipart/x-mixed-replace;boundary=" + BOUNDARY);
            exchange.sendResponseHeaders(200, /* responseLength= */ 0);
            long seen = 0;
            while (true) {
                byte[] jpeg;
                synchronized (news) {
                    while (number == seen && !closed) {
                        news.wait();
                    }
                    if (closed) {
                        return;
                    }
                    seen = number;
                    jpeg = newest;
                }
                out.write(("--" + BOUNDARY + "\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(jpeg);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            viewers.decrementAndGet();
        }
    }

    @Override
    public void close() {
        synchronized (news) {
            closed = true;
            news.notifyAll();
        }
        server.stop(/* delay= */ 0);
        threads.shutdownNow();
    }
}
