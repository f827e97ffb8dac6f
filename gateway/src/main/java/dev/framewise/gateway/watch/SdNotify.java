package dev.framewise.gateway.watch;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the process is (sd_notify(3)): one datagram to the unix socket that {@code $NOTIFY_SOCKET} names. Java 17 has no
 * datagram unix sockets; FFmpeg, which is here anyway, has. Without systemd nothing happens. One thread at a time.
 */
public final class SdNotify {
    private static final Logger LOG = LoggerFactory.getLogger(SdNotify.class);

    private final Optional<String> socket;

    /** @param socket the path of systemd's socket; empty where there is none */
    public SdNotify(Optional<String> socket) {
        this.socket = socket;
    }

    /** The one of the environment. Abstract sockets, which only containers have, are not supported. */
    public static SdNotify fromEnvironment() {
        Optional<String> socket =
                Optional.ofNullable(System.getenv("NOTIFY_SOCKET")).filter(path -> !path.isBlank());
        if (socket.filter(path -> path.startsWith("@")).isPresent()) {
            LOG.warn("NOTIFY_SOCKET {} is abstract; systemd is told nothing", socket.get());
            return new SdNotify(Optional.empty());
        }
        return new SdNotify(socket);
    }

    /** Half of the time within which systemd wants to hear that the process lives; empty where it does not want to. */
    public static Optional<Long> watchdogNanos() {
        String micros = System.getenv("WATCHDOG_USEC");
        try {
            return Optional.ofNullable(micros).map(text -> Long.parseLong(text) * 1000 / 2);
        } catch (NumberFormatException e) {
            LOG.warn("WATCHDOG_USEC = {} is no number", micros);
            return Optional.empty();
        }
    }

    /** The gateway has started. */
    public void ready() {
        send("READY=1");
    }

    /** The gateway lives. */
    public void alive() {
        send("WATCHDOG=1");
    }

    /** The gateway is ending. */
    public void stopping() {
        send("STOPPING=1");
    }

    /** One line for people, in {@code systemctl status}. */
    public void status(String text) {
        send("STATUS=" + text);
    }

    private void send(String message) {
        if (socket.isEmpty()) {
            return;
        }
        AVDictionary options = new AVDictionary();
        AVIOContext context = new AVIOContext(null);
        try {
            avutil.av_dict_set(options, "type", "datagram", 0);
            int opened = avformat.avio_open2(context, "unix:" + socket.get(), avformat.AVIO_FLAG_WRITE, null, options);
            if (opened < 0) {
                LOG.warn("systemd's socket {} cannot be opened ({})", socket.get(), opened);
                return;
            }
            byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
            avformat.avio_write(context, bytes, bytes.length);
            avformat.avio_flush(context);
            avformat.avio_closep(context);
        } finally {
            avutil.av_dict_free(options);
        }
    }
}
