package dev.framewise.gateway.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts starts that did not end well, in the file {@code starts}: too many in a row, and the gateway only tells how it is (telemetry)
 * instead of going down again with its cameras. After {@link #TRY_AGAIN} it tries them once more: a box that nobody looks after must
 * not stay blind because of one bad hour. A run whose cameras last {@link #WELL}, or that ends as it was asked to, ends the row, so
 * that a year of power cuts is no crash loop, and no clock matters.
 *
 * <p>{@link #tick} is called by one thread, the rest by any.
 */
public final class CrashLoop {
    /** Starts in a row. */
    public static final int MAX_STARTS = 5;
    /** A run of this length was no crash. */
    public static final Duration WELL = Duration.ofMinutes(5);
    /** How long the cameras stay off. */
    public static final Duration TRY_AGAIN = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(CrashLoop.class);

    private final Path file;
    private final int starts;
    private final long startNanos;
    private volatile boolean degraded;
    private boolean over;

    private CrashLoop(Path file, int starts, long nowNanos) {
        this.file = file;
        this.starts = starts;
        this.startNanos = nowNanos;
        this.degraded = starts > MAX_STARTS;
    }

    /**
     * Counts this start.
     *
     * @param directory of this gateway alone; it exists
     * @param nowNanos of a monotonic clock
     */
    public static CrashLoop begin(Path directory, long nowNanos) {
        Path file = directory.resolve("starts");
        CrashLoop loop = new CrashLoop(file, read(file) + 1, nowNanos);
        loop.write(loop.starts);
        return loop;
    }

    /** Starts in a row that ended badly, this one included. */
    public int starts() {
        return starts;
    }

    /** Whether the cameras stay off. */
    public boolean isDegraded() {
        return degraded;
    }

    /**
     * Called now and then: ends the row when the cameras have lasted.
     *
     * @return true once, when cameras that stayed off are to be tried
     */
    public boolean tick(long nowNanos) {
        long lasted = nowNanos - startNanos;
        if (degraded) {
            degraded = lasted < TRY_AGAIN.toNanos();
            return !degraded;
        }
        Duration wanted = starts > MAX_STARTS ? TRY_AGAIN.plus(WELL) : WELL;
        if (!over && lasted >= wanted.toNanos()) {
            well();
        }
        return false;
    }

    /** This run is well, or ends as it was asked to. */
    public void well() {
        over = true;
        write(0);
    }

    private static int read(Path file) {
        try {
            return Files.exists(file)
                    ? Integer.parseInt(
                            Files.readString(file, StandardCharsets.US_ASCII).strip())
                    : 0;
        } catch (IOException | NumberFormatException e) {
            LOG.warn("{}: unreadable; counting begins again", file, e);
            return 0;
        }
    }

    private void write(int count) {
        List<String> line = new ArrayList<>(List.of(Integer.toString(count)));
        Path fresh = file.resolveSibling("starts.new");
        try {
            Files.write(fresh, line, StandardCharsets.US_ASCII);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{}: starts are not counted", file, e);
        }
    }
}
