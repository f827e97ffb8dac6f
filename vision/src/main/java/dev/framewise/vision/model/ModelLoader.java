package dev.framewise.vision.model;

import dev.framewise.vision.asset.FileFetcher;
import dev.framewise.vision.asset.WrongBytesException;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.detect.ModelInfo;
import dev.framewise.vision.model.RefusedReleaseException.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens releases from their addresses: fetches, checks size and SHA-256, opens with the same options as the model the job
 * started with, compares with what the record promises, and warms up.
 *
 * <p>Meant to run beside the hot path: one release is opened at a time in a process, and warm-up runs leave pauses between
 * them. Thread-safe.
 */
public final class ModelLoader implements ModelOpener {
    /** Waits; a test counts instead. */
    public interface Pause {
        void pause(Duration length) throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(ModelLoader.class);
    private static final Semaphore ONE_AT_A_TIME = new Semaphore(1);
    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final int WARM_UP_RUNS = 4;
    private static final Duration WARM_UP_PAUSE = Duration.ofMillis(60);

    private final Path base;
    private final FileFetcher fetcher;
    private final DetectorOptions options;
    private final Pause pause;
    private volatile List<String> classNames;

    /**
     * @param base the model that the job starts with
     * @param options of all versions, but for the head, which each names itself
     */
    public ModelLoader(Path base, FileFetcher fetcher, DetectorOptions options, Pause pause) {
        this.base = base;
        this.fetcher = fetcher;
        this.options = options;
        this.pause = pause;
    }

    @Override
    public Detector open(Optional<ModelVersion> version) throws RefusedReleaseException, InterruptedException {
        ONE_AT_A_TIME.acquire();
        try {
            return version.isPresent() ? openRelease(version.get()) : openBase();
        } finally {
            ONE_AT_A_TIME.release();
        }
    }

    private Detector openBase() throws RefusedReleaseException {
        try {
            Detector detector = Detector.open(base, options);
            classNames = detector.info().classNames();
            return detector;
        } catch (ModelException e) {
            throw new RefusedReleaseException(Problem.BAD_MODEL, e.getMessage(), e);
        }
    }

    private Detector openRelease(ModelVersion version) throws RefusedReleaseException, InterruptedException {
        Path file = fetch(version);
        Detector detector = null;
        try {
            detector =
                    Detector.open(file, options.toBuilder().head(version.head()).build());
            compare(version, detector.info(), classNames);
            classNames = detector.info().classNames();
            for (int run = 0; run < WARM_UP_RUNS; run++) {
                pause.pause(WARM_UP_PAUSE);
                detector.run(run == 0 ? detector.slots() : 1);
            }
            return detector;
        } catch (ModelException | IllegalArgumentException | IllegalStateException e) {
            close(detector);
            throw new RefusedReleaseException(Problem.BAD_MODEL, e.getMessage(), e);
        } catch (RefusedReleaseException | InterruptedException e) {
            close(detector);
            throw e;
        }
    }

    private static void close(Detector detector) {
        if (detector != null) {
            detector.close();
        }
    }

    private Path fetch(ModelVersion version) throws RefusedReleaseException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return fetcher.fetch(version.uri(), version.file(), "model.onnx");
            } catch (WrongBytesException e) {
                throw new RefusedReleaseException(Problem.WRONG_BYTES, version.uri() + " " + e.getMessage(), e);
            } catch (IOException e) {
                // Refusals are tried again, too: one machine whose name service is away for a moment would refuse the
                // release for all.
                if (attempt == ATTEMPTS) {
                    throw new RefusedReleaseException(
                            Problem.NOT_FETCHED,
                            version.uri() + ": not to be had in " + ATTEMPTS + " attempts, the last: " + e.getMessage(),
                            e);
                }
                LOG.warn("{}: attempt {} of {}: {}", version.uri(), attempt, ATTEMPTS, e.getMessage());
                pause.pause(FIRST_BACKOFF.multipliedBy(1L << (attempt - 1)));
            }
        }
    }

    /** @param classNames of the versions before; null where this is the first, as in a restored job */
    static void compare(ModelVersion version, ModelInfo info, List<String> classNames) throws RefusedReleaseException {
        List<String> problems = new ArrayList<>();
        require(
                problems,
                "input of pixels",
                version.inputWidth() + "x" + version.inputHeight(),
                info.inputWidth() + "x" + info.inputHeight());
        require(problems, "precision", version.precision(), info.filePrecision());
        if (classNames != null) {
            require(problems, "classes", classNames, info.classNames());
        }
        if (!problems.isEmpty()) {
            throw new RefusedReleaseException(
                    Problem.BAD_MODEL,
                    version.label() + " is not what its release says: " + String.join("; ", problems));
        }
    }

    private static void require(List<String> problems, String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            problems.add("expected " + what + " " + expected + ", found " + found);
        }
    }
}
