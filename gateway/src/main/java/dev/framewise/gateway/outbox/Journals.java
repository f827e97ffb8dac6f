package dev.framewise.gateway.outbox;

import dev.framewise.gateway.GatewayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journals of all cameras: one per camera of this run, and one per camera and earlier run some of whose frames have not reached
 * Kafka yet. Files {@code journal/<camera>.<bootEpoch>}. Thread-safe.
 */
public final class Journals {
    private static final Logger LOG = LoggerFactory.getLogger(Journals.class);

    /** One camera in one boot epoch. */
    record Key(String camera, long bootEpoch) {}

    private final Path directory;
    private final Map<Key, EpochJournal> earlier = new HashMap<>();
    private final Map<String, EpochJournal> current = new ConcurrentHashMap<>();

    private Journals(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads what earlier runs have left.
     *
     * @param state the gateway's directory
     * @throws GatewayException if the directory cannot be used
     */
    public static Journals open(Path state) {
        Journals journals = new Journals(state.resolve("journal"));
        try {
            Files.createDirectories(journals.directory);
            try (Stream<Path> files = Files.list(journals.directory)) {
                files.sorted().forEach(journals::read);
            }
        } catch (IOException e) {
            throw new GatewayException(
                    journals.directory + " cannot be used (" + e
                            + "); does the disk work, and may this user write there?",
                    e);
        }
        return journals;
    }

    /**
     * Begins the journal of a camera in this run. Where the disk has no room for a page, the gateway goes on with one in memory: it sees
     * and sends, and only a kill would leave numbers that nobody can account for.
     */
    public EpochJournal begin(String camera, long bootEpoch) {
        EpochJournal journal;
        try {
            journal = EpochJournal.create(file(camera, bootEpoch), camera, bootEpoch);
        } catch (IOException e) {
            LOG.error(
                    "camera {}: its journal cannot be written ({}); is the disk full? Until the next start its numbers are kept in"
                            + " memory only",
                    camera,
                    e.toString());
            journal = EpochJournal.inMemory(camera, bootEpoch);
        }
        current.put(camera, journal);
        return journal;
    }

    /** The highest boot epoch of any earlier run that has left something; 0 for none. */
    public synchronized long highestEpoch() {
        return earlier.keySet().stream().mapToLong(Key::bootEpoch).max().orElse(0);
    }

    /** The journals of earlier runs. */
    synchronized List<EpochJournal> earlier() {
        return new ArrayList<>(earlier.values());
    }

    /** The journals of this run. */
    Collection<EpochJournal> current() {
        return current.values();
    }

    /** The journal of a frame; null where everything of that run has been delivered and it was forgotten. */
    public EpochJournal of(String camera, long bootEpoch) {
        EpochJournal journal = current.get(camera);
        if (journal != null && journal.bootEpoch() == bootEpoch) {
            return journal;
        }
        synchronized (this) {
            return earlier.get(new Key(camera, bootEpoch));
        }
    }

    /** Forgets a run of a camera: all of it has been delivered and accounted for. */
    synchronized void forget(EpochJournal journal) {
        earlier.remove(new Key(journal.camera(), journal.bootEpoch()));
        Path file = file(journal.camera(), journal.bootEpoch());
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} stays behind", file, e);
        }
    }

    private Path file(String camera, long bootEpoch) {
        return directory.resolve(camera + "." + bootEpoch);
    }

    private void read(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        try {
            EpochJournal journal = EpochJournal.open(file, name.substring(0, Math.max(0, dot)));
            earlier.put(new Key(journal.camera(), journal.bootEpoch()), journal);
        } catch (IOException e) {
            LOG.error("{}: unreadable, the frames of that run that were in memory cannot be accounted for", file, e);
        }
    }
}
