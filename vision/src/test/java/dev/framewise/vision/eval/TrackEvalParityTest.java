package dev.framewise.vision.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Our scores against stored results of TrackEval 1.3.0 (see eval/README.md), per sequence, combined, and per metric. */
class TrackEvalParityTest {
    private static final double TOLERANCE = 0.01;

    @Test
    void scoresOfTheOfficialByteTrackAgree() throws IOException {
        check("trackeval.bytetrack-0.6-0.9.json", UnaryOperator.identity());
    }

    @Test
    void scoresOfSpoiledTracksAgree() throws IOException {
        check("trackeval.spoiled.json", TestingSequences::spoil);
    }

    private static void check(String stored, UnaryOperator<List<MotRow>> change) throws IOException {
        Map<String, Map<String, Double>> expected = read(stored);
        Map<String, Map<String, Double>> actual = new LinkedHashMap<>();
        List<SequenceScores> all = new ArrayList<>();
        for (String name : TestingSequences.NAMES) {
            SequenceScores scores = SequenceScores.of(
                    TestingSequences.annotations(name),
                    change.apply(TestingSequences.officialByteTrack(name)),
                    TestingSequences.info(name).frames());
            all.add(scores);
            actual.put(name, scores.table());
        }
        actual.put("COMBINED_SEQ", SequenceScores.combine(all).table());

        assertThat(actual.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((sequence, metrics) -> {
            assertThat(actual.get(sequence).keySet()).containsExactlyInAnyOrderElementsOf(metrics.keySet());
            metrics.forEach((metric, value) -> assertThat(actual.get(sequence).get(metric))
                    .as("%s of %s", metric, sequence)
                    .isCloseTo(value, within(TOLERANCE)));
        });
    }

    private static Map<String, Map<String, Double>> read(String name) throws IOException {
        try (InputStream in = TrackEvalParityTest.class.getResourceAsStream("/eval/" + name)) {
            return new ObjectMapper().readValue(in, new TypeReference<>() {});
        }
    }
}
