package dev.framewise.benchmarks.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.JpegEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A camera on the network that gives 640x480 MJPEG over HTTP, for ever or a few pictures per call. */
final class MjpegCamera implements AutoCloseable {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int PICTURES = 30;
    private static final int QUALITY = 80;
    private static final String BOUNDARY = "picture";

    private final List<byte[]> jpegs = new ArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int perSecond;
    private final long perCall;
    private volatile int speed = 1;

    /**
     * Begins to serve.
     *
     * @param perSecond pictures; 0 for as fast as they are taken
     * @param perCall pictures until the line drops
     */
    MjpegCamera(int perSecond, long perCall) throws IOException {
        this.perSecond = perSecond;
        this.perCall = perCall;
        Random random = new Random(1);
        try (BgrImage image = new BgrImage(WIDTH, HEIGHT);
                JpegEncoder encoder = new JpegEncoder(QUALITY)) {
            for (int i = 0; i < PICTURES; i++) {
                draw(image.buffer(), random);
                jpegs.add(encoder.encode(image));
            }
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), /* backlog= */ 0);
        server.createContext("/", this::stream);
        server.setExecutor(threads);
        server.start();
    }

    /** Makes it faster by a factor from the next picture on. */
    void speed(int factor) {
        speed = factor;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Of a picture, mean. */
    double bytes() {
        return jpegs.stream().mapToInt(jpeg -> jpeg.length).average().orElse(0);
    }

    @Override
    public void close() {
        server.stop(/* delay= */ 0);
        threads.shutdownNow();
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "multipart/x-mixed-replace;boundary=" + BOUNDARY);
        exchange.sendResponseHeaders(200, /* responseLength= */ 0);
        long due = System.nanoTime();
        try (OutputStream out = exchange.getResponseBody()) {
            for (long i = 0; i < perCall; i++) {
                byte[] jpeg = jpegs.get((int) (i % PICTURES));
                String head =
                        "--" + BOUNDARY + "\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n";
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                out.write(jpeg);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                if (perSecond > 0) {
                    // no camera makes up for pictures that it could not take
                    due = Math.max(due + TimeUnit.SECONDS.toNanos(1) / perSecond / speed, System.nanoTime());
                    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Blocks of colour under the noise of a sensor: as hard to compress as a street. */
    private static void draw(ByteBuffer bgr, Random random) {
        int[] blocks = random.ints((WIDTH / 16) * (HEIGHT / 16) * 3, 30, 220).toArray();
        for (int y = 0, at = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int block = 3 * ((y / 16) * (WIDTH / 16) + x / 16);
                for (int channel = 0; channel < 3; channel++) {
                    bgr.put(at++, (byte) (blocks[block + channel] + random.nextInt(8)));
                }
            }
        }
    }
}
