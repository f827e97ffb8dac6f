package dev.framewise.vision.asset;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches one file over HTTP so that it is either there, complete and with the right SHA-256, or not there at all.
 *
 * <p>A transfer that breaks off or stalls is taken up where it ended, in this process or a later one (RFC 9110, sections
 * 13.1.5 and 14: {@code Range} with {@code If-Range}). A file with wrong bytes is thrown away and fetched once more from its
 * start. Redirects are followed by the client, five at most and never from HTTPS to HTTP. Blocks the calling thread.
 */
final class Downloader {
    /** Waits; a test counts instead. */
    interface Pause {
        void pause(Duration length) throws InterruptedException;
    }

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");
    private static final int TRIES_FOR_WRONG_BYTES = 2;

    private final DownloadOptions options;
    private final DownloadProgress progress;
    private final Pause pause;

    Downloader(DownloadOptions options, DownloadProgress progress, Pause pause) {
        this.options = options;
        this.progress = progress;
        this.pause = pause;
    }

    /**
     * Fetches what an address gives and puts it at {@code target}.
     *
     * @param name name of the asset, for progress
     * @throws WrongBytesException if the address gave other bytes, twice
     * @throws RefusedException if the address cannot give the file
     * @throws IOException if all attempts failed, or writing did
     */
    void download(String name, Asset.Source source, Path target) throws IOException, InterruptedException {
        Files.createDirectories(target.getParent());
        PartFile part = new PartFile(target, source.fingerprint());
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(options.connectTimeout())
                .build();
        IOException last = null;
        int timesWrong = 0;
        for (int attempt = 1; attempt <= options.attempts(); attempt++) {
            if (attempt > 1) {
                Duration backoff = options.backoff(attempt);
                progress.note(name + ": " + last.getMessage() + "; attempt " + attempt + " of " + options.attempts()
                        + " in " + backoff.toMillis() + " ms");
                pause.pause(backoff);
            }
            try {
                transfer(client, name, source, part);
                verify(source, part);
                part.complete();
                return;
            } catch (WrongBytesException e) {
                part.delete();
                timesWrong++;
                if (timesWrong == TRIES_FOR_WRONG_BYTES) {
                    throw e;
                }
                last = e;
            } catch (RefusedException | ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                last = e;
            }
        }
        if (last instanceof WrongBytesException) {
            throw last;
        }
        throw new IOException(
                "gave up after " + options.attempts() + " attempts, the last: " + last.getMessage(), last);
    }

    private static void verify(Asset.Source source, PartFile part) throws IOException {
        Fingerprint found = part.fingerprint();
        if (!found.equals(source.fingerprint())) {
            throw new WrongBytesException("gave other bytes: expected " + source.fingerprint() + ", got " + found);
        }
    }

    private void transfer(HttpClient client, String name, Asset.Source source, PartFile part)
            throws IOException, InterruptedException {
        long expectedBytes = source.fingerprint().sizeBytes();
        long have = part.sizeBytes();
        if (have == expectedBytes) {
            return;
        }
        if (have > expectedBytes) {
            part.delete();
            have = 0;
        }
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer = send(client, request(source, part, have));
        try (BodyQueue body = new BodyQueue()) {
            answer.body().subscribe(body);
            boolean startOver = checkHead(answer, have, expectedBytes, part);
            try (FileChannel out = part.open(startOver, version(answer))) {
                copy(body, out, name, startOver ? 0 : have, expectedBytes);
            }
        }
    }

    private HttpRequest request(Asset.Source source, PartFile part, long have) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(source.address())
                .timeout(options.stallTimeout())
                .header("Accept-Encoding", "identity");
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
            part.validator().ifPresent(version -> request.header("If-Range", version));
        }
        return request.build();
    }

    private static HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofPublisher());
        } catch (ConnectException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof UnresolvedAddressException) {
                    throw new RefusedException("no such host, or no network", e);
                }
            }
            // Java's client says nothing more where nobody listens.
            throw new IOException("no connection" + (e.getMessage() == null ? "" : ": " + e.getMessage()), e);
        }
    }

    /** Whether the body starts at the file's first byte; else it goes on where the part ends. */
    private static boolean checkHead(HttpResponse<?> answer, long have, long expectedBytes, PartFile part)
            throws IOException {
        int status = answer.statusCode();
        switch (status) {
            case 200 -> {
                checkTotal(answer.headers().firstValueAsLong("Content-Length"), expectedBytes);
                return true;
            }
            case 206 -> {
                Matcher range = CONTENT_RANGE.matcher(
                        answer.headers().firstValue("Content-Range").orElse(""));
                if (!range.matches() || Long.parseLong(range.group(1)) != have) {
                    part.delete();
                    throw new IOException("answered another range than was asked for");
                }
                checkTotal(
                        range.group(2).equals("*")
                                ? OptionalLong.empty()
                                : OptionalLong.of(Long.parseLong(range.group(2))),
                        expectedBytes);
                return false;
            }
            case 416 -> {
                part.delete();
                throw new IOException("cannot go on from byte " + have);
            }
            case 408, 425, 429, 500, 502, 503, 504 -> throw new IOException("answered HTTP " + status);
            default -> throw new RefusedException("answered HTTP " + status);
        }
    }

    private static void checkTotal(OptionalLong announcedBytes, long expectedBytes) throws WrongBytesException {
        if (announcedBytes.isPresent() && announcedBytes.getAsLong() != expectedBytes) {
            throw new WrongBytesException("has another file: expected " + expectedBytes + " bytes, it announces "
                    + announcedBytes.getAsLong());
        }
    }

    /** A weak ETag may not be used to go on with bytes (RFC 9110, section 13.1.5). */
    private static Optional<String> version(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("ETag")
                .filter(tag -> !tag.startsWith("W/"))
                .or(() -> answer.headers().firstValue("Last-Modified"));
    }

    private void copy(BodyQueue body, FileChannel out, String name, long start, long expectedBytes)
            throws IOException, InterruptedException {
        long bytes = start;
        progress.advanced(name, bytes, expectedBytes);
        for (Optional<List<ByteBuffer>> piece = body.next(options.stallTimeout());
                piece.isPresent();
                piece = body.next(options.stallTimeout())) {
            for (ByteBuffer buffer : piece.get()) {
                bytes += buffer.remaining();
                if (bytes > expectedBytes) {
                    throw new WrongBytesException("sends more than the expected " + expectedBytes + " bytes");
                }
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            }
            progress.advanced(name, bytes, expectedBytes);
        }
        if (bytes < expectedBytes) {
            throw new IOException("broke off at byte " + bytes + " of " + expectedBytes);
        }
    }
}
