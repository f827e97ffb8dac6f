package dev.framewise.gateway;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.framewise.gateway.edge.EdgeCommand;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.Topic;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.image.JpegHeader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The device's own loop on a real clip with a real network: without Kafka, and with one that comes later. */
class EdgeCommandIT {
    private static final RecordCodec<TrackRow> ROWS = new RecordCodec<>(TrackRow.class);
    private static final int FRAMES = 60;
    private static final int MAX_RUNS = 10;

    @TempDir
    Path directory;

    private Path state;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void state() {
        state = directory.resolve("state");
    }

    @Test
    void withoutKafkaItTracksShowsAndKeeps() throws Exception {
        Path seen = directory.resolve("seen.mjpeg");
        Path figures = directory.resolve("figures.json");

        assertThat(edge(
                        "--source",
                        "pets09-s2l1",
                        "--state",
                        state.toString(),
                        "--out",
                        seen.toString(),
                        "--json",
                        figures.toString()))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .contains("yolox-nano-416 416x416 fp32 on cpu, one of 3")
                .contains("frames 60, looked at 20");
        assertThat(pictures(Files.readAllBytes(seen)))
                .hasSize(FRAMES)
                .allSatisfy(jpeg -> assertThat(JpegHeader.parse(jpeg)).isEqualTo(new JpegHeader(768, 576, 3)));
        JsonNode latency = new ObjectMapper().readTree(figures.toFile()).get("figures");
        assertThat(latency.findValuesAsText("name")).contains("edge.fps.max", "edge.latency.minMillis", "edge.frames");
        TreeMap<String, Integer> log = log();
        // five people walk there
        assertThat(log.get("TRACK_STARTED")).isBetween(4, 12);
        assertThat(log.get("TRACK_ENDED"))
                .as("every track that started has ended")
                .isEqualTo(log.get("TRACK_STARTED"));
        assertThat(waiting()).isPositive();
    }

    @Test
    void whatWasKeptFollowsWhenKafkaIsThere() throws Exception {
        assertThat(edge("--source", "pets09-s2l1", "--state", state.toString())).isZero();
        int kept = waiting();

        try (TestingKafka kafka = TestingKafka.start(directory.resolve("kafka"))) {
            Path config =
                    Files.writeString(directory.resolve("gateway.yml"), """
                    device: board-7
                    stateDirectory: "%s"
                    kafka: {bootstrap: "%s"}
                    cameras: [{name: unused, source: "test:64x48@5"}]
                    """.formatted(state, kafka.bootstrapServers()));
            // how soon a broker is there depends on the machine: a run that ends before leaves its rows to the next
            int runs = 0;
            do {
                runs++;
                assertThat(edge("--source", "pets09-s2l1", "--config", config.toString()))
                        .as(err.toString())
                        .isZero();
            } while (waiting() > 0 && runs < MAX_RUNS);
            assertThat(waiting()).isZero();

            // a row whose answer was lost is sent again, and is the same to the byte
            Set<TrackRow> rows = new LinkedHashSet<>();
            for (ConsumerRecord<String, byte[]> record : kafka.read(Topic.TRACKS, "edge")) {
                rows.add(ROWS.decode(record.value()));
            }
            assertThat(rows)
                    .filteredOn(row -> row.getDevice().equals("edge"))
                    .as("of the first run")
                    .hasSize(kept)
                    .extracting(TrackRow::getSequence)
                    .isSorted();
            long epochBefore = rows.stream()
                    .filter(row -> row.getDevice().equals("edge"))
                    .mapToLong(TrackRow::getBootEpoch)
                    .max()
                    .orElseThrow();
            Map<Long, List<TrackRow>> later = rows.stream()
                    .filter(row -> row.getDevice().equals("board-7"))
                    .collect(groupingBy(TrackRow::getBootEpoch, TreeMap::new, toList()));
            assertThat(later).hasSize(runs);
            later.forEach((epoch, run) -> {
                assertThat(epoch).isGreaterThan(epochBefore);
                assertThat(run).hasSize(kept);
                // what waited follows beside what is new: the sequence is what puts them in order again
                run.sort(comparingLong(TrackRow::getSequence).thenComparing(TrackRow::getKind));
                assertThat(run.get(run.size() - 1).getKind()).isEqualTo(RowKind.CLOSING);
                TreeSet<Long> started = new TreeSet<>();
                TreeSet<Long> ended = new TreeSet<>();
                run.forEach(row -> {
                    started.addAll(row.getStarted());
                    ended.addAll(row.getEnded());
                });
                assertThat(ended).isEqualTo(started).isNotEmpty();
            });
        }
    }

    @Test
    void wrongOptionsAreWrongUsageAndAMissingBoardIsToldApart() {
        assertThat(edge()).isEqualTo(2);
        assertThat(edge("--source", "test:64x48@5", "--preset", "toaster")).isEqualTo(2);
        assertThat(edge("--source", "test:64x48@5", "--interval", "0")).isEqualTo(2);
        assertThat(edge("--source", "test:64x48@5", "--preset", "hailo8")).isEqualTo(3);
        assertThat(edge("--source", "nowhere.avi")).isEqualTo(1);
        assertThat(err.toString())
                .contains("say which camera: --source or --config", "--preset is toaster", "--interval is 0")
                .contains("preset hailo8 needs HailoRT")
                .contains("nowhere.avi cannot be opened");
    }

    private int edge(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--pace", "FAST", "--frames", "60", "--classes", "0"));
        if (!Arrays.asList(arguments).contains("--interval")) {
            all.addAll(List.of("--interval", "3"));
        }
        all.addAll(List.of(arguments));
        return new CommandLine(new EdgeCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    private TreeMap<String, Integer> log() throws Exception {
        TreeMap<String, Integer> kinds = new TreeMap<>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("outbox.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT kind, COUNT(*) FROM log GROUP BY kind")) {
            while (rows.next()) {
                kinds.put(rows.getString(1), rows.getInt(2));
            }
        }
        return kinds;
    }

    private int waiting() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("outbox.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM outbox WHERE topic = 'tracks'")) {
            return rows.getInt(1);
        }
    }

    /** Cuts a file of motion JPEG at the beginnings of its pictures; coded data holds no FF D8. */
    private static List<byte[]> pictures(byte[] file) {
        List<byte[]> pictures = new ArrayList<>();
        int begin = 0;
        for (int i = 2; i <= file.length; i++) {
            boolean next = i == file.length
                    || (file[i] == (byte) 0xff
                            && i + 2 < file.length
                            && file[i + 1] == (byte) 0xd8
                            && file[i + 2] == (byte) 0xff);
            if (next) {
                pictures.add(Arrays.copyOfRange(file, begin, i));
                begin = i;
            }
        }
        return pictures;
    }
}
