package dev.framewise.vision.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.schemas.ReleaseState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingTest {
    private final StandingCodec codec = new StandingCodec();

    @Test
    void anOfferIsTriedByNobodyYet() throws Exception {
        Standing standing = after(TestingReleases.offered("2"));
        assertThat(standing.candidate().orElseThrow().version().version()).isEqualTo("2");
        assertThat(standing.share()).isZero();
        assertThat(standing.inForce()).isEmpty();
    }

    @Test
    void promotedThenAcceptedItIsInForce() throws Exception {
        Standing promoted = after(TestingReleases.offered("2"), TestingReleases.promoted("2", 0.5));
        assertThat(promoted.share()).isEqualTo(0.5);
        Standing accepted = promoted.after(TestingReleases.inState("2", ReleaseState.ACCEPTED));
        assertThat(accepted.inForce().orElseThrow().version().version()).isEqualTo("2");
        assertThat(accepted.candidate()).isEmpty();
    }

    @Test
    void offeredAgainItKeepsItsShare() throws Exception {
        assertThat(after(TestingReleases.offered("2"), TestingReleases.promoted("2", 0.5), TestingReleases.offered("2"))
                        .share())
                .isEqualTo(0.5);
    }

    @Test
    void aRefusedVersionIsNotTriedAgainButTheNextIs() throws Exception {
        Standing refused = after(TestingReleases.offered("2"), TestingReleases.inState("2", ReleaseState.REFUSED));
        assertThat(refused.candidate()).isEmpty();
        assertThat(refused.refused()).containsEntry("2", "refused: for a test");
        assertThat(refused.after(TestingReleases.offered("2")).candidate()).isEmpty();
        assertThat(refused.after(TestingReleases.promoted("2", 1)).candidate()).isEmpty();
        assertThat(refused.after(TestingReleases.offered("3")).candidate()).isPresent();
    }

    @Test
    void whatIsRetiredGoesBackToWhatItReplaced() throws Exception {
        Release one = TestingReleases.inState("1", ReleaseState.ACCEPTED);
        Release two = TestingReleases.offered("2")
                .decided(ReleaseState.ACCEPTED, 1, "fine", "job", Optional.of(one.version()));
        Standing standing = after(one, two);
        assertThat(standing.inForce()).contains(two);
        Release retired = two.decided(ReleaseState.RETIRED, 0, "oops", null, two.inForce());
        assertThat(standing.after(retired).inForce().orElseThrow().version()).isEqualTo(one.version());
        assertThat(after(one)
                        .after(TestingReleases.inState("1", ReleaseState.RETIRED))
                        .inForce())
                .as("the model that the job started with")
                .isEmpty();
    }

    @Test
    void aJobThatStartsLateLearnsFromTheNewestRecordWhatIsInForce() throws Exception {
        Release one = TestingReleases.inState("1", ReleaseState.ACCEPTED);
        for (ReleaseState state : ReleaseState.values()) {
            Release two = TestingReleases.offered("2").decided(state, 0, "", "job", Optional.of(one.version()));
            String inForce = after(two).inForce().orElseThrow().version().version();
            assertThat(inForce).as(state.name()).isEqualTo(state == ReleaseState.ACCEPTED ? "2" : "1");
        }
    }

    @Test
    void ofTwoStandingsTheOneOfMoreRecordsIsNewer() throws Exception {
        Standing one = after(TestingReleases.offered("2"));
        Standing two = one.after(TestingReleases.promoted("2", 1));
        assertThat(one.newer(two)).isEqualTo(two).isEqualTo(two.newer(one));
    }

    @Test
    void itsBytesAreReadBack() throws Exception {
        Standings standings = standings();
        byte[] bytes = codec.encode(standings);
        assertThat(codec.decode(bytes)).isEqualTo(standings);
        assertThatThrownBy(() -> codec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .hasMessageContaining("left over");
        bytes[0] = 9;
        assertThatThrownBy(() -> codec.decode(bytes)).hasMessageContaining("version 9");
    }

    /** Committed bytes, written once: a checkpoint of an older job is read for ever. */
    @Test
    void bytesOfVersion1AreRead() throws Exception {
        Standings read = codec.decode(fixture("standings-1.hex"));
        assertThat(read).isEqualTo(standings());
    }

    private static Standings standings() throws Exception {
        Standing before = after(
                TestingReleases.inState("1", ReleaseState.ACCEPTED),
                TestingReleases.offered("2"),
                TestingReleases.inState("2", ReleaseState.REFUSED),
                TestingReleases.offered("3"));
        return new Standings(before, before.after(TestingReleases.promoted("3", 0.5)));
    }

    static byte[] fixture(String name) throws IOException {
        try (InputStream in = StandingTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return HexFormat.of().parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }

    private static Standing after(Release... releases) {
        Standing standing = Standing.START;
        for (Release release : releases) {
            standing = standing.after(release);
        }
        return standing;
    }
}
