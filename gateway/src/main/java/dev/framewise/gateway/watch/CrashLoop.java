package dev.framewise.gateway.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts starts that did not end well, in the file {@code starts}: too many in a row, and the gateway only tells how it is (telemetry)
 * instead of going down again with its cameras. A run that lasts {@link #WELL_SECONDS} or ends as it was asked to ends the row, so
 * that a year of power cuts is no crash loop, and no clock matters.
 */
public final class CrashLoop {
    /** Starts in a row. */
    public static final int MAX_STARTS = 5;
    /** A run of this length was no crash. */
    public static final long WELL_SECONDS = 300;
    /** In degraded mode so many starts are spent before the cameras are tried again. */
    private static final int TRY_AGAIN_EVERY = 10;

    private static final Logger LOG = LoggerFactory.getLogger(CrashLoop.class);

    private final Path file;
    private final int starts;

    private CrashLoop(Path file, int starts) {
        this.file = file;
        this.starts = starts;
    }

    /**
     * Counts this start.
     *
     * @param directory of this gateway alone; it exists
     */
    public static CrashLoop begin(Path directory) {
        Path file = directory.resolve("starts");
        CrashLoop loop = new CrashLoop(file, read(file) + 1);
        loop.write(loop.starts);
        return loop;
    }

    /** Starts in a row that ended badly, this one included. */
    public int starts() {
        return starts;
    }

    /** Whether the cameras stay off: after too many bad ends, but for one start in ten. */
    public boolean isDegraded() {
        return starts > MAX_STARTS && starts % TRY_AGAIN_EVERY != 0;
    }

    /** This run is well, or ends as it was asked to. */
    public void well() {
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
