package dev.framewise.operators.inference;

import dev.framewise.operators.model.FlinkByteSource;
import dev.framewise.vision.asset.AssetException;
import dev.framewise.vision.asset.AssetLocations;
import dev.framewise.vision.asset.DownloadOptions;
import dev.framewise.vision.asset.DownloadProgress;
import dev.framewise.vision.asset.FileFetcher;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.model.ModelLife;
import dev.framewise.vision.model.ModelLoader;
import dev.framewise.vision.model.QuietThreads;
import dev.framewise.vision.model.RefusedReleaseException;
import dev.framewise.vision.model.StandingCodec;
import dev.framewise.vision.model.Standings;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sessions whose model changes with the topic {@code models}, beginning with a detector's. Travels with the job. */
public final class ModelRuntimeFactory implements BatchSession.Factory {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ModelRuntimeFactory.class);

    private static final String BACKGROUND = "model-life";

    private final DetectorFactory first;

    /** @param first opens the model that the job starts with, and says how every version is opened */
    public ModelRuntimeFactory(DetectorFactory first) {
        this.first = first;
    }

    @Override
    public BatchSession open() throws Exception {
        return open(List.of());
    }

    @Override
    public BatchSession open(List<byte[]> snapshots)
            throws IOException, AssetException, ModelException, RefusedReleaseException, InterruptedException {
        StandingCodec codec = new StandingCodec();
        Standings standings = Standings.START;
        for (byte[] snapshot : snapshots) {
            standings = standings.newer(codec.decode(snapshot));
        }
        FileFetcher fetcher = new FileFetcher(
                AssetLocations.ofProcess().cacheDirectory().resolve("models"),
                DownloadOptions.DEFAULT,
                progress(),
                List.of(new FlinkByteSource()));
        DetectorOptions options = first.options();
        ModelLoader loader = new ModelLoader(first.file(), fetcher, options, length -> Thread.sleep(length.toMillis()));
        ExecutorService background = Executors.newSingleThreadExecutor(threads(options));
        try {
            ModelLife life = new ModelLife(loader, background, System::nanoTime, standings);
            return new ModelRuntime(life, background, first.keepsPictures());
        } catch (RefusedReleaseException | InterruptedException | RuntimeException e) {
            background.shutdownNow();
            throw e;
        }
    }

    /** Sessions of one subtask hear the same releases and change at the same barriers: see {@link ModelBarrier}. */
    @Override
    public boolean opensTwins() {
        return first.opensTwins();
    }

    /** Threads that leave the cores to the live model, unless a model that is opened there would start threads of its own. */
    private static ThreadFactory threads(DetectorOptions options) {
        if (options.intraOpThreads() == 1) {
            return new QuietThreads(BACKGROUND);
        }
        return task -> {
            Thread thread = new Thread(task, BACKGROUND);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static DownloadProgress progress() {
        return new DownloadProgress() {
            @Override
            public void advanced(String name, long bytes, long totalBytes) {
                LOG.debug("{}: {} of {} bytes", name, bytes, totalBytes);
            }

            @Override
            public void note(String line) {
                LOG.info(line);
            }
        };
    }
}
